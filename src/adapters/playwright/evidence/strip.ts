import { imageOf } from './image.ts'
import { originParts } from './registrable.ts'
import { fitText, type TextRun, textSvg, textWidth } from './stroke-font.ts'

/** What the strip above the picture says; it is ours, and the page cannot draw there. */
export interface StripFacts {
  readonly origin: string
  readonly path: string
  readonly at: Date
  readonly agent: string
  /** The picture is an earlier frame. */
  readonly stale?: boolean
}

const INK = '#0f172a'
const AMBER = '#fbbf24'
const BRIGHT = '#ffffff'
const DIM = '#a3b1c6'
const WIDE_PX = 860
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/

/** Height of the strip for a picture of a width: one line, or two where it is narrow. */
export function stripHeightPx(widthPx: number): number {
  return widthPx >= WIDE_PX ? 46 : 66
}

/** The strip as raw RGB pixels. */
export async function drawStrip(facts: StripFacts, widthPx: number): Promise<Buffer> {
  const heightPx = stripHeightPx(widthPx)
  const { data } = await (await imageOf(Buffer.from(stripSvg(facts, widthPx, heightPx))))
    .flatten({ background: INK })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data
}

function stripSvg(facts: StripFacts, width: number, height: number): string {
  const wide = width >= WIDE_PX
  const metaCap = 9.5
  const time = `${facts.at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const room = wide ? width * 0.55 : width - 64
  const meta = fitText(
    [time, facts.agent, 'captured by Holdpoint'].filter((part) => part !== '').join('  ·  '),
    metaCap,
    room,
  )
  const metaWidth = textWidth(meta, metaCap)
  const pill = facts.stale === true ? pillSvg('EARLIER FRAME', 52, wide ? 13 : 9) : undefined
  const left = 52 + (pill === undefined ? 0 : pill.width + 12)
  const originRoom = (wide ? width - metaWidth - 44 : width - 16) - left
  const runs = originRuns(facts, originRoom)
  const originTop = wide ? 16 : 12
  const metaX = wide ? width - metaWidth - 18 : 52
  const metaTop = wide ? 18 : 40
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="${INK}"/>
<rect y="${height - 3}" width="${width}" height="3" fill="${AMBER}"/>
${signSvg(28, wide ? 22 : 22)}
${pill?.svg ?? ''}
${textSvg(runs, left, originTop, ORIGIN_CAP)}
${textSvg([{ text: meta, colour: DIM }], metaX, metaTop, metaCap)}
</svg>`
}

const ORIGIN_CAP = 12.5

/** The registered name is never cut away by a long subdomain: that is shortened from its left. */
function originRuns(facts: StripFacts, room: number): readonly TextRun[] {
  const parts = originParts(facts.origin)
  const tail = `${parts.registrable}${parts.port}`
  // Plain http is said in the warning colour.
  const scheme: TextRun = {
    text: parts.scheme,
    colour: parts.scheme === 'http://' && !LOOPBACK.test(parts.registrable) ? AMBER : DIM,
  }
  const fixed = textWidth(scheme.text + tail, ORIGIN_CAP)
  const before = fitLeft(parts.before, room - fixed)
  const registrable = fitLeft(
    parts.registrable,
    room - textWidth(scheme.text + parts.port, ORIGIN_CAP),
  )
  const rest = room - fixed - textWidth(before, ORIGIN_CAP)
  const path = facts.path.length > 1 ? fitText(facts.path, ORIGIN_CAP, Math.max(0, rest)) : ''
  return [
    scheme,
    { text: before, colour: DIM },
    { text: registrable, colour: BRIGHT, bold: true },
    { text: parts.port, colour: BRIGHT },
    { text: path, colour: DIM },
  ]
}

function fitLeft(text: string, room: number): string {
  if (textWidth(text, ORIGIN_CAP) <= room) return text
  const letters = [...text]
  while (letters.length > 0 && textWidth(`…${letters.join('')}`, ORIGIN_CAP) > room) letters.shift()
  return letters.length === 0 ? '' : `…${letters.join('')}`
}

/** A ring with two bars: held. */
function signSvg(x: number, y: number): string {
  return `<circle cx="${x}" cy="${y}" r="11" fill="none" stroke="${AMBER}" stroke-width="2.4"/>
<path d="M${x - 3.5} ${y - 4.5}V${y + 4.5}M${x + 3.5} ${y - 4.5}V${y + 4.5}" stroke="${AMBER}" stroke-width="3" stroke-linecap="round"/>`
}

function pillSvg(text: string, x: number, y: number): { svg: string; width: number } {
  const cap = 8.5
  const width = textWidth(text, cap) + 18
  return {
    width,
    svg: `<rect x="${x}" y="${y}" width="${width}" height="19" rx="9.5" fill="${AMBER}"/>${textSvg([{ text, colour: INK, bold: true }], x + 9, y + 5.4, cap)}`,
  }
}
