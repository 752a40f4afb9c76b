import type { RequestField } from '../../core/action.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { PageReading } from '../../core/reading.ts'
import type { EvidenceImage } from '../../ports/approvals.ts'
import type { Clock } from '../../ports/clock.ts'
import {
  capturePicture,
  type PageReader,
  paintPicture,
  type ReadHow,
  takeEvidence,
} from './evidence/index.ts'
import type { Frame } from './recorder.ts'
import type { Tab } from './tab.ts'

const PATIENT_MS = 1_500
const FRAME_QUALITY = 60

/** What the guard reads of its pages: for judging, for people, for the recording. */
export class PageEvidence {
  readonly reader: PageReader
  readonly #agent: string
  readonly #clock: Clock

  constructor(reader: PageReader, agent: string, clock: Clock) {
    this.reader = reader
    this.#agent = agent
    this.#clock = clock
  }

  /** Reads a page; one that outlasted its budget is read again with time, as half a page hides things. */
  async read(tab: Tab, how: ReadHow): Promise<PageReading> {
    const reading = await this.reader.read(tab.page, how)
    if (!reading.truncated) return reading
    const patient = { ...how, budgetMs: PATIENT_MS }
    return this.reader.read(tab.page, patient, { deadlineMs: 2 * PATIENT_MS })
  }

  /** Redacted pictures and summary of the tab, with the reading that was judged if there is one. */
  async take(
    tab: Tab,
    how: ReadHow,
    reading?: PageReading,
  ): Promise<{ evidence: Evidence; images: readonly EvidenceImage[] }> {
    const taken = await takeEvidence({
      page: tab.page,
      reader: this.reader,
      how,
      agent: this.#agent,
      now: this.#clock.now(),
      ...(reading === undefined ? {} : { reading }),
    })
    const { evidence, pictureBytes: full, cropBytes: crop } = taken
    const mediaType = evidence.picture?.mediaType ?? 'image/jpeg'
    return {
      evidence,
      images: [
        ...(full === undefined ? [] : [{ role: 'full', bytes: full, mediaType } as const]),
        ...(crop === undefined ? [] : [{ role: 'crop', bytes: crop, mediaType } as const]),
      ],
    }
  }

  /**
   * A redacted frame of the tab for the recording; what it gives paints it. Reads only what must be black:
   * a reading would take the place of the one that a question's picture marks its target by.
   */
  async frame(tab: Tab): Promise<(() => Promise<Frame | undefined>) | undefined> {
    const capture = await capturePicture(tab.page, this.reader, { now: this.#clock.now() })
    if ('missing' in capture || capture.picture.stale) return undefined
    const { target: _, ...picture } = capture.picture
    // Without its path, which nobody has looked through for secrets here.
    const origin = originOf(tab.page.url())
    return async () => {
      const strip = { origin, path: '', at: picture.at, agent: this.#agent }
      const { full } = await paintPicture(picture, { strip, quality: FRAME_QUALITY })
      return { bytes: full.bytes }
    }
  }

  /** The browser's number for the element under the target; undefined when it cannot be told. */
  async node(tab: Tab, how: ReadHow): Promise<number | undefined> {
    return this.reader.backendNodeId(tab.page, how).catch(() => undefined)
  }

  /** Whether an element still stands on the page; one that cannot be asked about now counts as there. */
  async stands(tab: Tab, node: number): Promise<boolean> {
    return this.reader.isConnected(tab.page, node).catch(() => true)
  }

  /** What the target's form would send right now; undefined when there is none. Throws when it cannot be read. */
  async formEntries(tab: Tab, how: ReadHow): Promise<readonly RequestField[] | undefined> {
    const entries = await this.reader.formEntries(tab.page, how)
    return entries?.map(({ name, value, fileName }) => ({
      name,
      value: fileName === undefined ? value : `file: ${fileName}`,
    }))
  }

  /** A selector of the one field of this name in the target's form; undefined when there is none. */
  async fieldPath(tab: Tab, how: ReadHow, name: string): Promise<string | undefined> {
    return this.reader.fieldPath(tab.page, how, name)
  }

  /** Sends a frame to an address from the guard's own world, where no page handler sees it coming. */
  async navigate(tab: Tab, frameId: string, url: string): Promise<void> {
    await this.reader.evaluateInWorld(tab.page, frameId, `location.href = ${JSON.stringify(url)}`)
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}
