import type { KnownBlock } from '@slack/types'
import { plainLine } from '../../core/text.ts'
import { endedLine } from './ended-blocks.ts'
import { termsLines, warningLines } from './terms-lines.ts'
import { markdown, plain, plainLines } from './text.ts'
import type { MessageView } from './view.ts'

const MAX_JSON_CHARS = 10_000
const SECTION_CHARS = 2_500

/** The full picture, and the terms with all items and fields that one reply can hold. */
export function recordBlocks(view: MessageView): KnownBlock[] {
  const { request } = view
  const { altText, stale } = request.evidence.picture ?? { altText: '', stale: false }
  const image = imageOf(view, 'full', altText, 'The whole page when it was held')
  // Holds of one session share a thread, so every reply says whose it is.
  const where = `${request.id} · captured ${request.evidence.capturedBy}${stale ? ', earlier frame' : ''}`
  for (const most of [60, 30, 12]) {
    const extent = { items: most, fields: most, notes: 12, lineChars: 240 }
    const lines = [...termsLines(request, extent), ...warningLines(request, extent)]
    const blocks: KnownBlock[] = [
      ...image,
      ...inSections(lines).map((text, index) => ({
        type: 'section' as const,
        block_id: `table${index}.${request.id}.${view.revision}`,
        text: plainLines(text),
      })),
      {
        type: 'context',
        block_id: `where.${request.id}.${view.revision}`,
        elements: [markdown(`${where} · <${view.url}|page of the request>`)],
      },
    ]
    if (JSON.stringify(blocks).length <= MAX_JSON_CHARS) return blocks
  }
  return [
    ...image,
    {
      type: 'context',
      block_id: `where.${request.id}.${view.revision}`,
      elements: [markdown(`${where} · too long for a message: <${view.url}|page of the request>`)],
    },
  ]
}

/** How it ended, with the picture of the page after it. */
export function outcomeBlocks(view: MessageView): KnownBlock[] {
  const { request } = view
  return [
    {
      type: 'section',
      block_id: `outcome.${request.id}.${view.revision}`,
      text: markdown(`${request.id} · ${endedLine(view)}`),
    },
    ...imageOf(view, 'after', '', 'The page after the action'),
  ]
}

function imageOf(
  view: MessageView,
  part: string,
  altText: string,
  otherwise: string,
): KnownBlock[] {
  const block_id = `${part}.${view.request.id}.${view.revision}`
  if (view.picture.state === 'shown') {
    const alt_text = plainLine(altText, 1_000) || otherwise
    return [{ type: 'image', block_id, slack_file: { id: view.picture.fileId }, alt_text }]
  }
  if (view.picture.state === 'none') return []
  const note = `${otherwise}: the picture could not be shown here.`
  return [{ type: 'context', block_id, elements: [plain(note, 300)] }]
}

/** Lines in as few sections as hold them. */
function inSections(lines: readonly string[]): readonly (readonly string[])[] {
  const sections: string[][] = [[]]
  let length = 0
  for (const line of lines) {
    if (length + line.length > SECTION_CHARS) {
      sections.push([])
      length = 0
    }
    sections.at(-1)?.push(line)
    length += line.length + 1
  }
  return sections
}
