/**
 * A small stroke font of our own, as SVG paths: caps stand from 0 to 14, x-height from 4, descenders to
 * 18. The machine may have no fonts at all, and an origin that is not drawn would be worse than none.
 * Letters that look alike elsewhere (I l 1, O 0) differ here. `[advance, path]`.
 */
const ROUND = 'M9 9A4 5 0 1 0 1 9A4 5 0 1 0 9 9'
const dot = (x: number, y: number): string => `M${x} ${y}V${y + 0.01}`
const GLYPHS: Readonly<Record<string, readonly [advance: number, path: string]>> = {
  ' ': [5.4, ''],
  a: [11, `M9 4.5V14${ROUND}`],
  b: [11, `M1 0V14${ROUND}`],
  c: [9.6, 'M8 5.8A4 5 0 1 0 8 12.2'],
  d: [11, `M9 0V14${ROUND}`],
  e: [10.6, 'M1 9H9A4 5 0 1 0 8 12.2'],
  f: [7.6, 'M7 .6Q3.5 -.6 3.5 3V14M1 4.5H6.6'],
  g: [11, `M9 4.5V14.5Q9 18 5 18Q2.6 18 1.6 16.9${ROUND}`],
  h: [10.6, 'M1 0V14M1 8Q1.6 4 5 4Q8.6 4 8.6 8V14'],
  i: [4, `M1.5 4.5V14${dot(1.5, 0.8)}`],
  j: [5, `M3 4.5V15.5Q3 18 .6 18${dot(3, 0.8)}`],
  k: [9.4, 'M1 0V14M8 4.5L1 10.4M3.6 8.4L8.4 14'],
  l: [5.6, 'M1.5 0V11.5Q1.5 14 4 14'],
  m: [15, 'M1 4.5V14M1 8Q1.4 4 4.2 4Q7 4 7 7.6V14M7 8Q7.4 4 10.2 4Q13 4 13 7.6V14'],
  n: [10.6, 'M1 4.5V14M1 8Q1.6 4 5 4Q8.6 4 8.6 8V14'],
  o: [11, ROUND],
  p: [11, `M1 4.5V18${ROUND}`],
  q: [11, `M9 4.5V18${ROUND}`],
  r: [7, 'M1 4.5V14M1 8.5Q1.6 4 5.6 4.2'],
  s: [
    9.4,
    'M7.4 5.6Q6.4 4 4.4 4Q1.4 4 1.4 6.5Q1.4 8.6 4.4 9Q7.8 9.4 7.8 11.5Q7.8 14 4.6 14Q2 14 1 12.2',
  ],
  t: [8, 'M3.4 1V11Q3.4 14 6.6 13.8M1 4.5H6.6'],
  u: [10.6, 'M1 4.5V10Q1 14 4.6 14Q8 14 8.6 10M8.6 4.5V14'],
  v: [9.4, 'M.8 4.5L4.6 14L8.4 4.5'],
  w: [14, 'M.8 4.5L3.8 14L6.8 5.5L9.8 14L12.8 4.5'],
  x: [9.4, 'M1 4.5L8 14M8 4.5L1 14'],
  y: [9.4, 'M.8 4.5L4.6 14M8.4 4.5L4.2 15.5Q3.2 18 1 17.9'],
  z: [9.4, 'M1 4.5H8L1 14H8.2'],
  A: [12, 'M.8 14L5.8 0L10.8 14M2.6 9.4H9'],
  B: [11.4, 'M1 0V14H6Q10 14 10 10.3Q10 6.8 6 6.8H1M1 0H5.6Q9.2 0 9.2 3.4Q9.2 6.8 5.6 6.8'],
  C: [12, 'M10.6 2.8Q9 0 6.2 0Q1 0 1 7Q1 14 6.2 14Q9 14 10.6 11.2'],
  D: [12.4, 'M1 0V14H5Q11 14 11 7Q11 0 5 0Z'],
  E: [10.4, 'M9 0H1V14H9M1 6.8H8'],
  F: [10, 'M9 0H1V14M1 6.8H8'],
  G: [12.6, 'M10.6 2.8Q9 0 6.2 0Q1 0 1 7Q1 14 6.2 14Q10.8 14 10.8 9V7.6H6.8'],
  H: [12.4, 'M1 0V14M10.4 0V14M1 6.8H10.4'],
  I: [7.6, 'M3.4 0V14M1 0H5.8M1 14H5.8'],
  J: [8.6, 'M6.6 0V10.4Q6.6 14 3.6 14Q1.4 14 .8 12'],
  K: [11, 'M1 0V14M9.6 0L1 8.4M4.2 5.6L10 14'],
  L: [9.6, 'M1 0V14H8.4'],
  M: [14.2, 'M1 14V0L6.6 9.4L12.2 0V14'],
  N: [12.4, 'M1 14V0L10.4 14V0'],
  O: [14, 'M6.6 0A5.6 7 0 1 1 6.6 14A5.6 7 0 1 1 6.6 0'],
  P: [11, 'M1 14V0H6Q10 0 10 3.9Q10 7.8 6 7.8H1'],
  Q: [14, 'M6.6 0A5.6 7 0 1 1 6.6 14A5.6 7 0 1 1 6.6 0M8.4 10.6L12.4 15'],
  R: [11.6, 'M1 14V0H6Q10 0 10 3.7Q10 7.4 6 7.4H1M6 7.4L10.4 14'],
  S: [
    11.2,
    'M9.2 2.4Q8 0 5.2 0Q1.4 0 1.4 3.4Q1.4 6.2 5.2 6.9Q9.8 7.6 9.8 10.6Q9.8 14 5.4 14Q2.2 14 .8 11.4',
  ],
  T: [11, 'M.6 0H10.4M5.5 0V14'],
  U: [12.4, 'M1 0V9Q1 14 5.7 14Q10.4 14 10.4 9V0'],
  V: [11.6, 'M.8 0L5.8 14L10.8 0'],
  W: [16, 'M.8 0L4.2 14L8 2L11.8 14L15.2 0'],
  X: [11, 'M1 0L10 14M10 0L1 14'],
  Y: [11.2, 'M.8 0L5.6 7V14M10.4 0L5.6 7'],
  Z: [10.8, 'M1 0H9.6L1 14H9.8'],
  '0': [10.4, 'M5 0A4 7 0 1 1 5 14A4 7 0 1 1 5 0M3.4 9.4L6.6 4.6'],
  '1': [10.4, 'M2 3L5.2 0V14M2 14H8.4'],
  '2': [10.4, 'M1.2 3.6Q1.4 0 5 0Q8.8 0 8.8 3.6Q8.8 6 6 8.6L1 14H9'],
  '3': [
    10.4,
    'M1.2 2.4Q2.2 0 5 0Q8.6 0 8.6 3.4Q8.6 6.6 5 6.6H3.6M5 6.6Q9 6.6 9 10.2Q9 14 5 14Q1.8 14 .9 11.4',
  ],
  '4': [10.4, 'M7 14V0L.8 10H9.4'],
  '5': [10.4, 'M8.4 0H2L1.4 6.4Q2.8 5.2 5 5.2Q9 5.2 9 9.6Q9 14 4.8 14Q2 14 .9 11.8'],
  '6': [10.4, 'M7.8 .6Q5.2 -.4 3 2.4Q1 5 1 9.4Q1 14 5 14Q9 14 9 9.7Q9 5.6 5 5.6Q1.6 5.6 1 9.4'],
  '7': [10.4, 'M1 0H9L3.8 14'],
  '8': [
    10.4,
    'M5 6.6Q1.5 6.6 1.5 3.3Q1.5 0 5 0Q8.5 0 8.5 3.3Q8.5 6.6 5 6.6Q1 6.6 1 10.3Q1 14 5 14Q9 14 9 10.3Q9 6.6 5 6.6',
  ],
  '9': [10.4, 'M2.2 13.4Q4.8 14.4 7 11.6Q9 9 9 4.6Q9 0 5 0Q1 0 1 4.3Q1 8.4 5 8.4Q8.4 8.4 9 4.6'],
  '.': [3.8, dot(1.6, 13.5)],
  ',': [3.8, 'M2 13.4L1 16.4'],
  ':': [3.8, `${dot(1.6, 6)}${dot(1.6, 13.5)}`],
  ';': [3.8, `${dot(1.6, 6)}M2 13.4L1 16.4`],
  '!': [4, `M1.6 0V9.4${dot(1.6, 13.5)}`],
  '?': [9, `M1 3Q1.4 0 4.4 0Q7.8 0 7.8 3.2Q7.8 5.4 5.8 6.6Q4.4 7.6 4.4 9.6${dot(4.4, 13.5)}`],
  '-': [7.4, 'M1 8.8H6'],
  '–': [9.4, 'M1 8.8H8'],
  _: [9.4, 'M0 16.4H9'],
  '/': [8.2, 'M1 16L7 -1.6'],
  '\\': [8.2, 'M1 -1.6L7 16'],
  '(': [5.4, 'M4.2 -1.4Q1 2.6 1 7.6Q1 12.6 4.2 16.6'],
  ')': [5.4, 'M1 -1.4Q4.2 2.6 4.2 7.6Q4.2 12.6 1 16.6'],
  '[': [5.4, 'M4.2 -1.4H1V16.6H4.2'],
  ']': [5.4, 'M1 -1.4H4.2V16.6H1'],
  '{': [6.4, 'M5.2 -1.4Q3 -1.4 3 1.4V5Q3 7.6 1 7.6Q3 7.6 3 10.2V13.8Q3 16.6 5.2 16.6'],
  '}': [6.4, 'M1 -1.4Q3.2 -1.4 3.2 1.4V5Q3.2 7.6 5.2 7.6Q3.2 7.6 3.2 10.2V13.8Q3.2 16.6 1 16.6'],
  '|': [4, 'M1.8 -1.4V16.6'],
  '+': [10, 'M1 8.4H8.6M4.8 4.6V12.2'],
  '=': [10, 'M1 6.4H8.6M1 10.4H8.6'],
  '<': [9.4, 'M8 4L1 8.6L8 13.2'],
  '>': [9.4, 'M1 4L8 8.6L1 13.2'],
  '~': [10, 'M1 9.4Q2.6 6.6 4.8 8.4Q7 10.2 8.6 7.4'],
  '^': [8.4, 'M1 4.6L4 0L7 4.6'],
  '`': [5, 'M1 0L3 2.6'],
  "'": [3.6, 'M1.6 0V3.6'],
  '"': [6, 'M1.4 0V3.6M4.4 0V3.6'],
  '*': [8, 'M4 .6V7M1.2 2.2L6.8 5.4M6.8 2.2L1.2 5.4'],
  '#': [11, 'M3.6 1L2.4 13M8 1L6.8 13M1 4.8H9.6M.6 9.2H9.2'],
  $: [
    10.4,
    'M8.4 3.4Q7.4 1.6 5 1.6Q1.6 1.6 1.6 4.4Q1.6 6.6 5 7Q8.8 7.4 8.8 10Q8.8 12.6 5.2 12.6Q2.2 12.6 1.2 10.6M5 -.6V14.8',
  ],
  '%': [
    14,
    'M11 0L3 14M3.6 0A2.6 3.2 0 1 1 3.6 6.4A2.6 3.2 0 1 1 3.6 0M10.4 7.6A2.6 3.2 0 1 1 10.4 14A2.6 3.2 0 1 1 10.4 7.6',
  ],
  '&': [
    12,
    'M10.8 14L3.4 5Q2.4 3.6 2.4 2.6Q2.4 0 5 0Q7.4 0 7.4 2.4Q7.4 4.4 4.6 6Q1 8 1 10.4Q1 14 4.8 14Q8.6 14 9.8 8',
  ],
  '@': [
    15,
    'M10 5V9.4Q10 11.4 11.6 11.4Q13.6 11.4 13.6 7.6Q13.6 1 7.4 1Q1 1 1 8.2Q1 15.6 7.8 15.6Q10 15.6 11.4 14.8M10 8A2.7 3.4 0 1 0 4.6 8A2.7 3.4 0 1 0 10 8',
  ],
  '·': [4.6, dot(2.2, 8)],
  '•': [5.6, `${dot(2.6, 7.7)}${dot(2.6, 8.3)}`],
  '…': [11, `${dot(1.6, 13.5)}${dot(5.4, 13.5)}${dot(9.2, 13.5)}`],
}
/** Between two letters. */
const SPACING = 0.5
/** A letter that the font does not have: an empty box, never nothing. */
const MISSING: readonly [number, string] = [9.6, 'M1 1H8V14H1Z']

/** One piece of text in one colour. */
export interface TextRun {
  readonly text: string
  readonly colour: string
  readonly bold?: boolean
}

/** Width of a text at a height of capitals, in the same unit. */
export function textWidth(text: string, capHeight: number): number {
  return (
    ([...drawable(text)].reduce((sum, char) => sum + glyph(char)[0] + SPACING, 0) * capHeight) / 14
  )
}

/** Cuts a text to a width, with an ellipsis. */
export function fitText(text: string, capHeight: number, maxWidth: number): string {
  if (textWidth(text, capHeight) <= maxWidth) return text
  const letters = [...text]
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, capHeight) > maxWidth)
    letters.pop()
  return letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`
}

/** SVG of runs one after the other; `x` is the left edge, `y` the top of the capitals. */
export function textSvg(runs: readonly TextRun[], x: number, y: number, capHeight: number): string {
  const scale = capHeight / 14
  let at = x
  let svg = ''
  for (const { text, colour, bold = false } of runs) {
    let paths = ''
    let along = 0
    for (const char of drawable(text)) {
      const [advance, path] = glyph(char)
      if (path !== '') paths += `<path transform="translate(${round(along)})" d="${path}"/>`
      along += advance + SPACING
    }
    // Strokes have a least width on screen, or small text would fade.
    const stroke = Math.max(bold ? 2.5 : 1.55, (bold ? 1.8 : 1.15) / scale)
    svg += `<g transform="translate(${round(at)} ${round(y)}) scale(${round(scale)})" fill="none" stroke="${colour}" stroke-width="${round(stroke)}" stroke-linecap="round" stroke-linejoin="round">${paths}</g>`
    at += along * scale
  }
  return svg
}

/** Accents are dropped from letters that have one. */
function drawable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s/g, ' ')
}

function glyph(char: string): readonly [number, string] {
  return GLYPHS[char] ?? MISSING
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
