import type { BrowserContext, CDPSession, Page } from 'playwright'
import { z } from 'zod'
import { type PageReading, pageReadingSchema, rectSchema } from '../../../core/reading.ts'
import { PageUnreadable, TargetUnclear, withDeadline } from './deadline.ts'
import { elementCalls } from './elements.ts'
import { extractorSource, READER_NAME } from './extractor.ts'
import type { PlainTarget } from './in-page/plain.ts'
import { followWorlds, type Worlds } from './worlds.ts'

/** What the action would hit, in CSS pixels of the main frame's viewport where it is a point. */
export type ReadTarget =
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  /** Where a click on the one element of a plain selector lands; else `TargetUnclear`. */
  | ({ readonly kind: 'css' } & Readonly<PlainTarget>)
  | { readonly kind: 'focus' }
  | { readonly kind: 'element' }
  | { readonly kind: 'none' }

/** How a page is read. `budgetMs` bounds everything but redaction; default 40. */
export interface ReadHow {
  readonly target: ReadTarget
  readonly budgetMs?: number
}

/** One call's limits: which frame (default the main one) and how long to wait for an answer. */
export interface ReadOptions {
  readonly frameId?: string
  /** Default 1,500. */
  readonly deadlineMs?: number
}

/** One name and value that a form would send. Holds secrets: keep it in memory. */
export interface FormEntry {
  readonly name: string
  readonly value: string
  readonly fileName?: string
}

/** What the page did just before its request leaves. */
export interface PageEvent {
  readonly page: Page
  readonly frameId: string
  readonly type: 'click' | 'enter' | 'submit' | 'formdata' | 'navigate'
  /** Made by the browser for real input, not by a script. */
  readonly trusted: boolean
  /** Looked at when somebody asks: most clicks cause no request. Undefined if it is no reading. */
  readonly reading: PageReading | undefined
  readonly entries?: readonly FormEntry[]
  /** Where a navigation goes, without query. */
  readonly destination?: string
  readonly at: Date
}

const rectsSchema = z.strictObject({
  blackRects: z.array(rectSchema).max(400),
  redactionIncomplete: z.boolean(),
  target: rectSchema.optional(),
  amounts: z.array(rectSchema.nullable()).max(80),
  suspects: z.array(rectSchema).max(200),
  viewport: pageReadingSchema.shape.viewport,
})
const entriesSchema = z
  .array(z.strictObject({ name: z.string(), value: z.string(), fileName: z.string().optional() }))
  .nullable()
const eventSchema = z.strictObject({
  type: z.enum(['click', 'enter', 'submit', 'formdata', 'navigate']),
  trusted: z.boolean(),
  /** As JSON of its own. */
  reading: z.string(),
  entries: entriesSchema.unwrap().optional(),
  destination: z.string().max(2_000).optional(),
})

/** Where things stand on the screen now; `amounts` in the order of the last reading of that frame. */
export type PageRects = z.infer<typeof rectsSchema>

/** Reads the pages of one context in an isolated world. Every method that reads attaches by itself. */
export interface PageReader {
  attach(page: Page): Promise<void>
  /** Throws `PageUnreadable` when the page hangs, shows a dialog, or answers with something else than a reading. */
  read(page: Page, how: ReadHow, options?: ReadOptions): Promise<PageReading>
  /** Redaction once more: what must be black now, and where the last reading's target stands. */
  rects(page: Page, options?: ReadOptions): Promise<PageRects>
  /**
   * What the target's form would submit now; undefined without a form. `live` fires the page's own
   * `formdata` handlers, otherwise the page sees nothing. Holds secrets: keep it in memory.
   */
  formEntries(
    page: Page,
    how: ReadHow,
    options?: ReadOptions & { readonly live?: boolean },
  ): Promise<readonly FormEntry[] | undefined>
  /** A selector of the one field of this name in the target's form; undefined when there is none. */
  fieldPath(
    page: Page,
    how: ReadHow,
    name: string,
    options?: ReadOptions,
  ): Promise<string | undefined>
  /** The browser's number for the element that `how` means: the same number is the same element. */
  backendNodeId(page: Page, how: ReadHow, options?: ReadOptions): Promise<number | undefined>
  /** False once an element is out of its document. */
  isConnected(page: Page, backendNodeId: number, options?: ReadOptions): Promise<boolean>
  /** Makes an element the one that `{ kind: 'element' }` means. */
  select(page: Page, backendNodeId: number, options?: ReadOptions): Promise<void>
  /** Calls back for clicks, Enter, submits and navigations of attached pages; returns how to stop. */
  onPageEvent(heard: (event: PageEvent) => void): () => void
  frameIds(page: Page): Promise<readonly string[]>
  mainFrameId(page: Page): Promise<string>
  session(page: Page): Promise<CDPSession>
  evaluateInWorld(
    page: Page,
    frameId: string,
    expression: string,
    deadlineMs?: number,
  ): Promise<unknown>
}

/** Options of a page reader. */
export interface PageReaderOptions {
  /** CSS selectors of what must never be seen or read. An invalid one blacks out every picture. */
  readonly redactSelectors?: readonly string[]
  readonly clock?: () => Date
  /** How long any answer from a page may take; default 1,500. */
  readonly deadlineMs?: number
  /** Boxes that redaction measures before it gives up and the picture is black; default 20,000. */
  readonly nodeCap?: number
}

const WORLD_NAME = 'holdpoint'
const BINDING_NAME = '__holdpointEvent'

export interface Attached {
  readonly session: CDPSession
  readonly worlds: Worlds
}

/** Makes the reader of a context. Chromium only: it speaks raw CDP. */
export function createPageReader(
  context: BrowserContext,
  options: PageReaderOptions = {},
): PageReader {
  const { redactSelectors = [], clock = () => new Date() } = options
  const defaultDeadlineMs = options.deadlineMs ?? 1_500
  const source = extractorSource({ bindingName: BINDING_NAME, redactSelectors })
  const pages = new WeakMap<Page, Promise<Attached>>()
  const listeners = new Set<(event: PageEvent) => void>()

  const open = async (page: Page): Promise<Attached> => {
    const session = await withDeadline(
      context.newCDPSession(page),
      defaultDeadlineMs,
      'CDP session',
    )
    const worlds = await followWorlds(session, {
      worldName: WORLD_NAME,
      source,
      bindingName: BINDING_NAME,
      deadlineMs: defaultDeadlineMs,
    })
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const frameId = worlds.frameOf(executionContextId)
      const message = name === BINDING_NAME ? parsed(payload, eventSchema) : undefined
      if (frameId === undefined || message === undefined) return
      const { type, trusted, reading, entries, destination } = message
      let looked: { readonly reading: PageReading | undefined } | undefined
      const event: PageEvent = {
        page,
        frameId,
        type,
        trusted,
        get reading() {
          looked ??= { reading: parsed(reading, pageReadingSchema) }
          return looked.reading
        },
        ...(entries === undefined ? {} : { entries: entries.map(asEntry) }),
        ...(destination === undefined ? {} : { destination }),
        at: clock(),
      }
      for (const heard of listeners) heard(event)
    })
    return { session, worlds }
  }

  const attached = (page: Page): Promise<Attached> => {
    const known = pages.get(page)
    if (known !== undefined) return known
    const opening = open(page)
    pages.set(page, opening)
    // A page that hung once may answer later: the next call tries again.
    opening.catch(() => pages.delete(page))
    return opening
  }

  const call = async (
    page: Page,
    method: string,
    how: ReadHow,
    extra: readonly unknown[],
    { frameId, deadlineMs = defaultDeadlineMs }: ReadOptions,
  ): Promise<unknown> => {
    const end = performance.now() + deadlineMs
    const { worlds } = await withDeadline(attached(page), deadlineMs, 'attaching to the page')
    return worlds.evaluate(
      frameId ?? worlds.mainFrameId(),
      expressionOf(method, how, extra),
      end - performance.now(),
    )
  }

  const expressionOf = (method: string, how: ReadHow, extra: readonly unknown[]): string => {
    const { nodeCap } = options
    const full = { ...how, redactSelectors, ...(nodeCap === undefined ? {} : { nodeCap }) }
    return `${READER_NAME}.${method}(${[full, ...extra].map((one) => JSON.stringify(one)).join(', ')})`
  }

  return {
    attach: async (page) => void (await attached(page)),
    read: async (page, how, at = {}) => {
      const json = await call(page, 'read', how, [], at)
      if (json === 'null') throw new TargetUnclear('the selector does not mean one element in view')
      return required(json, pageReadingSchema)
    },
    rects: async (page, at = {}) =>
      required(await call(page, 'rects', { target: { kind: 'none' } }, [], at), rectsSchema),
    formEntries: async (page, how, at = {}) => {
      const found = entriesSchema.safeParse(
        await call(page, 'formEntries', how, [at.live === true], at),
      )
      if (!found.success) throw new PageUnreadable('the page gave no list of form entries')
      return found.data?.map(asEntry)
    },
    fieldPath: async (page, how, name, at = {}) => {
      const path = await call(page, 'fieldPath', how, [name], at)
      return typeof path === 'string' ? path : undefined
    },
    ...elementCalls(attached, (how) => expressionOf('element', how, []), defaultDeadlineMs),
    onPageEvent: (heard) => {
      listeners.add(heard)
      return () => void listeners.delete(heard)
    },
    frameIds: async (page) => (await attached(page)).worlds.frameIds(),
    mainFrameId: async (page) => (await attached(page)).worlds.mainFrameId(),
    session: async (page) => (await attached(page)).session,
    evaluateInWorld: async (page, frameId, expression, deadlineMs = defaultDeadlineMs) =>
      (await attached(page)).worlds.evaluate(frameId, expression, deadlineMs),
  }
}

function parsed<T>(json: unknown, schema: z.ZodType<T>): T | undefined {
  if (typeof json !== 'string') return undefined
  try {
    return schema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

function required<T>(json: unknown, schema: z.ZodType<T>): T {
  const value = parsed(json, schema)
  if (value === undefined) throw new PageUnreadable('the page gave something else than a reading')
  return value
}

function asEntry(entry: { name: string; value: string; fileName?: string | undefined }): FormEntry {
  const { name, value, fileName } = entry
  return fileName === undefined ? { name, value } : { name, value, fileName }
}
