import { createSigner } from '../../src/adapters/signing/index.ts'
import { sha256Hex } from '../../src/core/canonical.ts'
import { definePolicy, type PolicyInput } from '../../src/core/policy.ts'
import type { RequestDraft } from '../../src/core/request.ts'
import { decide } from '../../src/deciding/decide.ts'
import type { Desk } from '../../src/deciding/desk.ts'
import { proofOfSession } from '../../src/deciding/proof.ts'
import type { EvidenceImage } from '../../src/ports/approvals.ts'
import type { Channel } from '../../src/ports/channel.ts'
import { silentLogger } from '../../src/ports/log.ts'
import type { Store } from '../../src/ports/store.ts'

/** A clock that stands until a test moves it. */
export interface StillClock {
  now(): Date
  advance(ms: number): void
}

/**
 * Stands at `start`, default a quarter to twelve on a winter's day. Far ahead: a job for a moment that
 * the database's own clock has passed would be due at once.
 */
export function stillClock(start = '2126-11-21T11:45:00.000Z'): StillClock {
  let now = new Date(start).getTime()
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms
    },
  }
}

/** A desk whose reviewers are ada and grace, on a clock that stands still. */
export async function testDesk(
  store: Store,
  options: {
    readonly policy?: Partial<PolicyInput>
    readonly channels?: readonly Channel[]
    readonly clock?: StillClock
  } = {},
): Promise<Desk & { readonly clock: StillClock }> {
  return {
    store,
    signer: await createSigner({ generate: true }),
    policy: definePolicy({
      reviewers: ['ada', 'grace'],
      expiresAfterMs: 15 * 60_000,
      maxOpenPerAgent: 1_000,
      maxNewPerHour: 10_000,
      ...options.policy,
    }),
    channels: options.channels ?? [],
    names: { ada: 'Ada', grace: 'Grace' },
    publicUrl: 'http://127.0.0.1:4300',
    clock: options.clock ?? stillClock(),
    logger: silentLogger,
  }
}

/** Not a real picture; nothing here looks into it. */
export const picture: EvidenceImage = {
  role: 'full',
  bytes: new Uint8Array([0xff, 0xd8, 0xff, 0x00, 0x01]),
  mediaType: 'image/jpeg',
}

/** A purchase of 182.40 EUR, for nobody in particular. */
export function draft(change: Partial<RequestDraft> = {}): RequestDraft {
  return {
    session: 'session-1',
    agent: 'shopper',
    kind: 'purchase',
    risk: 'high',
    title: 'Pay 182.40 EUR to shop.example',
    identity: {
      kind: 'purchase',
      siteOrigin: 'https://shop.example',
      pathTemplate: '/checkout',
      frameOrigin: 'https://shop.example',
      agent: change.agent ?? 'shopper',
      session: 'session-1',
      ...(change.onBehalfOf === undefined ? {} : { onBehalfOf: change.onBehalfOf }),
    },
    terms: {
      v: 1,
      amount: { amountMinor: 18_240, currency: 'EUR' },
      recipient: 'shop.example',
      quantity: 2,
    },
    evidence: {
      v: 1,
      capturedBy: 'in-process',
      capturedAt: '2026-11-21T11:44:59.000Z',
      picture: {
        sha256: sha256Hex(picture.bytes),
        mediaType: 'image/jpeg',
        widthPx: 800,
        heightPx: 600,
        stale: false,
        blackedOut: false,
        altText: 'the checkout page',
      },
      summary: {
        v: 1,
        origin: 'https://shop.example',
        path: '/checkout',
        title: 'Checkout',
        lang: 'en',
        headings: [],
        otherFields: [],
        items: [],
        notes: [],
        recurring: false,
        frames: [],
        truncated: false,
        opaque: [],
      },
    },
    findings: [
      { guard: 'checkout', kind: 'purchase', risk: 'high', confidence: 0.9, why: 'It pays.' },
    ],
    ...change,
  }
}

let clicks = 0

/** A decision as a screen that shows the request as it is sends it. Every call is another click. */
export function answer(
  desk: Desk,
  request: { readonly id: string; readonly termsDigest: string; readonly evidenceDigest: string },
  reviewer: string,
  answered: 'approve' | 'reject',
  change: Partial<Parameters<typeof decide>[1]> = {},
): ReturnType<typeof decide> {
  clicks += 1
  return decide(desk, {
    requestId: request.id,
    answer: answered,
    proof: proofOfSession(reviewer, `click-${clicks}`),
    expectedTermsDigest: request.termsDigest,
    expectedEvidenceDigest: request.evidenceDigest,
    ...change,
  })
}
