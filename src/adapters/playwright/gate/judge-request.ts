import type { RequestFacts } from '../../../core/action.ts'
import { isRead, judge } from '../../../core/judge.ts'
import type { PageSummary } from '../../../core/summary.ts'
import type { ActivePermit } from '../active-permit.ts'
import { type ContextGuard, summaryOf } from '../context-guard.ts'
import type { Gesture } from '../gesture.ts'
import type { SeenEvent, Tab } from '../tab.ts'
import { holdRequest } from './hold-request.ts'
import type { Disposition, FrameOwner } from './network-gate.ts'
import type { PausedRequest } from './paused-request.ts'
import { redirectOf } from './redirects.ts'
import { releaseUnderPermit } from './release.ts'
import { requestFacts } from './request-facts.ts'

const PASS: Disposition = { do: 'continue' }
/** How long a page's own event counts as the cause of the request after it (measured: 5 to 80 ms). */
const EVENT_MS = 2_000

/** One committing-looking request at the gate, with what is known of where it comes from. */
export interface GateCase {
  readonly paused: PausedRequest
  readonly facts: RequestFacts
  readonly tab: Tab | undefined
  readonly gesture: Gesture | undefined
  readonly page: PageSummary | undefined
  /** The page's own event just before it: how its target is found again. */
  readonly fromEvent: boolean
  /** The tab whose page that is, where it is not the request's own. */
  readonly shown?: Tab
  /** A navigation that brings its own new window. */
  readonly opensWindow: boolean
}

/** Judges one request of a guarded context by itself, as design section 5.3 says. */
export async function judgeRequest(
  guard: ContextGuard,
  paused: PausedRequest,
  frame: FrameOwner,
): Promise<Disposition> {
  const kept = guard.replays.take(paused)
  if (kept !== undefined) return kept
  const hop = redirectOf(guard, paused)
  if (hop !== undefined) return hop

  const tab = tabOf(guard, paused, frame)
  // Asked now and after the reading: what the typing began counts as such, however long that takes.
  const onStoppedThen = whoEdits(tab)
  const facts = requestFacts(paused, tab === undefined ? undefined : originOf(tab.page.url()))
  const gesture = guard.gestureOf(tab)
  const found = await pageOf(guard, { paused, facts, tab, gesture })
  const attempt = guard.attemptOf({
    via: 'request',
    method: facts.resourceType === 'document' ? 'navigate' : 'request',
    cause: gesture?.cause ?? 'page',
    page: found.page,
    request: facts,
  })
  const judgement = judge(guard.guards, attempt, guard.holding.policy)
  gesture?.judged(facts.resourceType === 'document')
  const opensWindow = facts.resourceType === 'document' && !frame.known
  const gateCase: GateCase = { paused, facts, tab, gesture, opensWindow, ...found }
  const permit = gesture?.permit
  if (judgement.answer !== 'hold') {
    if (
      permit !== undefined &&
      gesture !== undefined &&
      !permit.hasLeft &&
      permit.isOwn(facts.method, facts.url)
    ) {
      return releaseUnderPermit(guard, gateCase, undefined, gesture, permit)
    }
    // Whatever changes something at the site may be what the act was about.
    const changes =
      !isRead(facts.method) && facts.resourceType !== 'beacon' && facts.operation?.readOnly !== true
    const strays =
      judgement.answer === 'pass-unrecognised' || facts.resourceType === 'document' || changes
    if (permit !== undefined && strays) permit.strayed = true
    if (judgement.answer === 'pass-unrecognised') guard.recorder?.unrecognised(attempt)
    return PASS
  }
  const onStopped = onStoppedThen ?? whoEdits(tab)
  if (onStopped !== undefined) {
    onStopped(`${facts.method} ${facts.url.replace(/[?#].*$/, '')}`)
    return { do: opensWindow ? 'stand-in' : 'abort' }
  }
  if (permit !== undefined && gesture !== undefined) {
    return releaseUnderPermit(guard, gateCase, judgement, gesture, permit)
  }
  return holdRequest(guard, gateCase, judgement)
}

/** Values are put into a form of this tab, or of the one that opened it. Nothing is asked meanwhile, and nothing permitted. */
function whoEdits(tab: Tab | undefined): Tab['onStopped'] {
  return tab && (tab.onStopped ?? whoEdits(tab.opener))
}

/** The frame's tab, a new popup's opener, or for a worker the riskiest open page of its origin. */
function tabOf(guard: ContextGuard, paused: PausedRequest, frame: FrameOwner): Tab | undefined {
  const own = guard.tabs.ofFrame(paused.frameId)
  if (own !== undefined) return own
  const opener = frame.openerId === undefined ? undefined : guard.tabs.ofFrame(frame.openerId)
  if (opener !== undefined) return opener
  const origin = headerOf(paused, 'origin') ?? originOf(headerOf(paused, 'referer') ?? '')
  const sameOrigin = guard.tabs.all().filter((tab) => originOf(tab.page.url()) === origin)
  // One in the middle of an agent's act is riskier than one that lies there.
  return sameOrigin.find((tab) => guard.gestureOf(tab) !== undefined) ?? sameOrigin[0]
}

interface FoundPage {
  readonly page: PageSummary | undefined
  readonly fromEvent: boolean
  readonly shown?: Tab
}

async function pageOf(
  guard: ContextGuard,
  request: {
    readonly paused: PausedRequest
    readonly facts: RequestFacts
    readonly tab: Tab | undefined
    readonly gesture: Gesture | undefined
  },
): Promise<FoundPage> {
  const { paused, facts, tab, gesture } = request
  const permit: ActivePermit | undefined = gesture?.permit
  if (permit?.page !== undefined) return { page: permit.page, fromEvent: false }
  if (tab === undefined) return { page: undefined, fromEvent: false }
  const event = recentEvent(guard, tab, paused.frameId)
  // A paused navigation freezes its page's DevTools session: only what was read before it counts.
  if (facts.resourceType === 'document') {
    return { page: summaryOf(event?.reading), fromEvent: event?.reading !== undefined }
  }
  // A read by GET is judged by its address alone, so that a page's own fetches stay quick.
  if (isRead(facts.method)) return { page: undefined, fromEvent: false }
  const fromEvent = event !== undefined && !onlyCollects(event)
  const how = { target: { kind: fromEvent ? 'element' : 'none' } } as const
  try {
    const page = summaryOf(await guard.pages.read(tab, how))
    const behind = page?.payable === undefined ? await openerOf(guard, tab) : undefined
    return behind ?? { page, fromEvent }
  } catch (error) {
    // Unread is riskier than any page: the default table then holds what changes something.
    guard.holding.logger.warn('a page could not be read at the gate', { error: String(error) })
    return { page: undefined, fromEvent: false }
  }
}

/** A window that an agent's act opened and that shows no sum: the page it was opened from shows it. */
async function openerOf(guard: ContextGuard, tab: Tab): Promise<FoundPage | undefined> {
  const { opener } = tab
  if (opener === undefined || opener.closed.aborted) return undefined
  if (tab.openGesture(guard.nowMs()) !== undefined || guard.gestureOf(opener) === undefined) {
    return undefined
  }
  const event = recentEvent(guard, opener, opener.targetId)
  const how = { target: { kind: event === undefined ? 'none' : 'element' } } as const
  const page = summaryOf(await guard.pages.read(opener, how))
  if (page?.payable === undefined) return undefined
  return { page, fromEvent: event !== undefined, shown: opener }
}

/** A script that collects a form's fields (`new FormData(form)`, to save a draft) has not submitted it. */
function onlyCollects(event: SeenEvent): boolean {
  return event.type === 'formdata' && event.reading?.target === undefined
}

function recentEvent(guard: ContextGuard, tab: Tab, frameId: string) {
  const own = tab.events.get(frameId) ?? [...tab.events.values()].sort((a, b) => b.atMs - a.atMs)[0]
  return own !== undefined && guard.nowMs() - own.atMs < EVENT_MS ? own : undefined
}

function headerOf(paused: PausedRequest, name: string): string | undefined {
  return Object.entries(paused.request.headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}
