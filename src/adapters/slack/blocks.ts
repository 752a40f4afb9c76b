import type { KnownBlock } from '@slack/types'
import { nameOf } from '../../core/names.ts'
import { plainLine } from '../../core/text.ts'
import { answerBlock } from './answer-block.ts'
import { ended } from './ended-blocks.ts'
import { changeLines, type Extent, termsLines, totalChange, warningLines } from './terms-lines.ts'
import { markdown, mrkdwn, plain, plainLines, timeToken } from './text.ts'
import { deciders, type MessageView, stageOf } from './view.ts'

/** The undocumented limit of a whole message is about 13,200 characters of JSON. */
const MAX_JSON_CHARS = 10_000
/** From what people need down to what any text, however it escapes, leaves room for. */
const EXTENTS: readonly Extent[] = [
  { items: 8, fields: 8, notes: 6, lineChars: 240 },
  { items: 4, fields: 4, notes: 3, lineChars: 120 },
]
const LEAST: Extent = { items: 1, fields: 1, notes: 1, lineChars: 60 }

/** The message of a request: the question while it waits, two lines once it has ended. */
export function messageBlocks(view: MessageView): KnownBlock[] {
  if (stageOf(view.request) !== 'asking') return ended(view)
  for (const extent of EXTENTS) {
    const blocks = question(view, extent)
    if (JSON.stringify(blocks).length <= MAX_JSON_CHARS) return blocks
  }
  return question(view, LEAST)
}

function question(view: MessageView, extent: Extent): KnownBlock[] {
  const { request } = view
  const id = (part: string): string => `${part}.${request.id}.${view.revision}`
  const warnings = warningLines(request, extent)
  return [
    { type: 'header', block_id: id('title'), text: plain(`${request.title}?`, 150) },
    { type: 'section', block_id: id('who'), text: markdown(whoLine(view)) },
    ...changesOf(view, extent, id),
    ...(warnings.length === 0
      ? []
      : [{ type: 'section' as const, block_id: id('warnings'), text: plainLines(warnings) }]),
    ...pictureOf(view, id('image')),
    {
      type: 'section',
      block_id: id('terms'),
      text: plainLines(termsLines(request, extent)),
    },
    { type: 'context', block_id: id('why'), elements: [plain(heldLine(view), 500)] },
    ...(request.says === undefined
      ? []
      : [
          {
            type: 'context' as const,
            block_id: id('says'),
            elements: [plain(`Agent says (unverified): “${plainLine(request.says, 200)}”`, 300)],
          },
        ]),
    answerBlock(view),
    { type: 'context', block_id: id('foot'), elements: [plain(footLine(view), 300)] },
  ]
}

function whoLine(view: MessageView): string {
  const { request, names, mention } = view
  const { onBehalfOf } = request
  const forWhom = onBehalfOf === undefined ? '' : ` for ${mrkdwn(nameOf(names, onBehalfOf), 60)}`
  const who = mention === undefined ? '' : `<@${mention}> · `
  const until = timeToken(request.expiresAt, request.openedAt)
  return `${who}${mrkdwn(request.agent, 60)}${forWhom} · answer by ${until}`
}

/** What a changed request changed, first of all: the person has approved something else before. */
function changesOf(view: MessageView, extent: Extent, id: (part: string) => string): KnownBlock[] {
  const { follows } = view.request
  if (follows === undefined) return []
  const earlier = mrkdwn(follows.requestId, 20)
  if (follows.changed.length === 0) {
    return [
      { type: 'section', block_id: id('follows'), text: markdown(`A further step of ${earlier}`) },
    ]
  }
  const total = totalChange(follows)
  const heading = `*⚠ Changed after ${earlier} was approved${total === undefined ? '' : `: ${mrkdwn(total, 100)}`}*`
  const lines = changeLines(follows, view.request, extent)
  return [
    { type: 'section', block_id: id('follows'), text: markdown(heading) },
    ...(lines.length === 0
      ? []
      : [{ type: 'section' as const, block_id: id('changes'), text: plainLines(lines) }]),
  ]
}

function pictureOf(view: MessageView, blockId: string): KnownBlock[] {
  if (view.picture.state !== 'shown') {
    return [{ type: 'context', block_id: blockId, elements: [plain(noPictureLine(view), 300)] }]
  }
  const altText = plainLine(view.request.evidence.picture?.altText ?? '', 1_000)
  return [
    {
      type: 'image',
      block_id: blockId,
      slack_file: { id: view.picture.fileId },
      alt_text: altText === '' ? 'The page when it was held' : altText,
    },
  ]
}

function noPictureLine({ request, picture }: MessageView): string {
  if (picture.state === 'coming') return 'The picture is on its way. Approve appears with it.'
  if (request.evidence.picture !== undefined) {
    return '⚠ The picture could not be shown here. It is on the page behind Open.'
  }
  const { pictureMissing } = request.evidence
  const why = pictureMissing === undefined ? '' : ` (${plainLine(pictureMissing, 120)})`
  const so = request.policy.approveWithoutImage ? '' : ', so it cannot be approved'
  return `⚠ There is no picture${why}${so}.`
}

function heldLine(view: MessageView): string {
  const why = view.request.findings.map((finding) => plainLine(finding.why, 200)).join(' · ')
  return `Held: ${why === '' ? 'the policy says so' : why}`
}

/** Below the buttons, so that what comes and goes in it does not move them under a finger. */
function footLine(view: MessageView): string {
  const { request, looking } = view
  const { quorum } = request.policy
  const agreed = request.decisions.length
  const people =
    agreed === 0
      ? `needs ${quorum} people`
      : `${agreed} of ${quorum}: ${plainLine(deciders(view), 100)}`
  return [
    request.id,
    'nothing has been sent',
    ...(quorum === 1 ? [] : [people]),
    ...(looking === undefined ? [] : [`${plainLine(looking, 60)} is looking`]),
    ...(view.interactive ? [] : ['answer on the page behind Open']),
  ].join(' · ')
}
