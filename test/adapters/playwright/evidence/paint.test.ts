import { execFileSync } from 'node:child_process'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { CapturedPicture } from '../../../../src/adapters/playwright/evidence/capture.ts'
import { cropRegion } from '../../../../src/adapters/playwright/evidence/crop.ts'
import { paintPicture } from '../../../../src/adapters/playwright/evidence/paint.ts'
import { originParts } from '../../../../src/adapters/playwright/evidence/registrable.ts'
import { drawStrip, stripHeightPx } from '../../../../src/adapters/playwright/evidence/strip.ts'
import { fitText, textWidth } from '../../../../src/adapters/playwright/evidence/stroke-font.ts'

const at = new Date('2026-11-21T14:03:22Z')
const strip = { origin: 'https://pay.shop.example', path: '/checkout', at, agent: 'shopper' }

async function picture(widthPx: number, heightPx: number, scale: number): Promise<CapturedPicture> {
  const png = await sharp({
    create: { width: widthPx, height: heightPx, channels: 3, background: '#ffffff' },
  })
    .png()
    .toBuffer()
  return { png, widthPx, heightPx, blackRects: [], amounts: [], scale, stale: false, at }
}

async function pixelOf(bytes: Uint8Array, x: number, y: number) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const offset = (Math.round(y) * info.width + Math.round(x)) * info.channels
  return [data[offset], data[offset + 1], data[offset + 2]] as [number, number, number]
}

describe.each([1, 1.5, 2, 3])('at %s picture pixels for a CSS pixel', (scale) => {
  test('black boxes and the mark stand where the page has them', async () => {
    const shot = await picture(Math.round(500 * scale), Math.round(400 * scale), scale)
    const { full } = await paintPicture(
      {
        ...shot,
        blackRects: [{ x: 100.4, y: 50.4, width: 120, height: 20 }],
        target: { x: 300, y: 200, width: 100, height: 40 },
      },
      { strip },
    )
    const shown = full.widthPx / 500
    const top = stripHeightPx(full.widthPx)
    const near = async (x: number, y: number) => pixelOf(full.bytes, x * shown, y * shown + top)
    for (const [x, y] of [
      [102, 52],
      [218, 68],
      [160, 60],
    ] as const) {
      expect(Math.max(...(await near(x, y)))).toBeLessThan(24)
    }
    expect(Math.min(...(await near(90, 60)))).toBeGreaterThan(230)
    // The inside of the target stays as the page drew it; the frame is around it.
    expect(Math.min(...(await near(350, 220)))).toBeGreaterThan(230)
    const { data, info } = await sharp(full.bytes).raw().toBuffer({ resolveWithObject: true })
    let orange = 0
    for (let y = 175; y < 200; y += 0.25) {
      const offset =
        (Math.round(y * shown + top) * info.width + Math.round(350 * shown)) * info.channels
      if ((data[offset] ?? 0) > 200 && (data[offset + 2] ?? 255) < 80) orange += 1
    }
    expect(orange).toBeGreaterThan(4)
  })
})

test.each(['#ffffff', '#000000', '#ff3d00', '#0c101c', '#808080'])(
  'the mark stands out on %s',
  async (background) => {
    const png = await sharp({ create: { width: 600, height: 400, channels: 3, background } })
      .png()
      .toBuffer()
    const { full } = await paintPicture(
      {
        ...(await picture(600, 400, 1)),
        png,
        target: { x: 200, y: 150, width: 200, height: 60 },
      },
      { strip },
    )
    const base = await pixelOf(full.bytes, 300, 180 + stripHeightPx(600))
    const distances = await Promise.all(
      [...Array(16).keys()].map(async (step) => {
        const [r, g, b] = await pixelOf(full.bytes, 300, 150 - step + stripHeightPx(600))
        return Math.hypot(r - base[0], g - base[1], b - base[2])
      }),
    )
    expect(Math.max(...distances)).toBeGreaterThan(150)
  },
)

test('a picture is at most 1,600 pixels wide and one megabyte, however large the screen', async () => {
  const widthPx = 3_840
  const heightPx = 2_160
  const noise = Buffer.alloc(widthPx * heightPx * 3)
  for (let i = 0, x = 1; i < noise.length; i += 1) {
    x = (x * 1_103_515_245 + 12_345) & 0x7fffffff
    noise[i] = x >> 16
  }
  const png = await sharp(noise, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  const { full } = await paintPicture(
    { ...(await picture(8, 8, 2)), png, widthPx, heightPx },
    { strip },
  )
  expect(full.widthPx).toBe(1_600)
  expect(full.bytes.length).toBeLessThanOrEqual(1_000_000)
})

test('a picture that must not be shown is black but for the strip and the reason', async () => {
  const painted = await paintPicture(
    {
      ...(await picture(900, 600, 1)),
      blackOut: 'redaction was incomplete',
      target: { x: 1, y: 1, width: 9, height: 9 },
    },
    { strip },
  )
  expect(painted.blackedOut).toBe(true)
  expect(painted.crop).toBeUndefined()
  const { data, info } = await sharp(painted.full.bytes).raw().toBuffer({ resolveWithObject: true })
  const rows = data.subarray(stripHeightPx(900) * info.width * 3 + 9_000, info.width * 3 * 220)
  expect(rows.reduce((max, value) => Math.max(max, value), 0)).toBeLessThan(24)
})

describe('the strip', () => {
  test.each([300, 560, 860, 1_280, 1_600])('fits a picture %s pixels wide', async (widthPx) => {
    const pixels = await drawStrip(
      { ...strip, origin: `https://${'very-long.'.repeat(12)}shop.example`, agent: 'a'.repeat(80) },
      widthPx,
    )
    expect(pixels.length).toBe(widthPx * stripHeightPx(widthPx) * 3)
    // The last columns stay dark: nothing runs off the edge.
    const row = stripHeightPx(widthPx) - 20
    for (let x = widthPx - 4; x < widthPx; x += 1) {
      expect(pixels[(row * widthPx + x) * 3]).toBeLessThan(60)
    }
  })

  test('is drawn alike on a machine without any fonts', () => {
    const script = `import { drawStrip } from './src/adapters/playwright/evidence/strip.ts'
      import { createHash } from 'node:crypto'
      const pixels = await drawStrip({ origin: 'https://shop.example', path: '/', at: new Date(0), agent: 'a' }, 900)
      console.log(createHash('sha256').update(pixels).digest('hex'), pixels.includes(255))`
    const run = (env: Record<string, string>): string =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
        encoding: 'utf8',
      }).trim()
    const withFonts = run({})
    expect(withFonts).toMatch(/^[0-9a-f]{64} true$/)
    expect(run({ FONTCONFIG_FILE: '/dev/null', FONTCONFIG_PATH: '/nowhere' })).toBe(withFonts)
  })

  test('says that a frame is an earlier one', async () => {
    const [plain, stale] = await Promise.all([
      drawStrip(strip, 900),
      drawStrip({ ...strip, stale: true }, 900),
    ])
    expect(plain.equals(stale)).toBe(false)
  })
})

test('every visible ASCII character has a shape, and others show as a box', () => {
  for (let code = 33; code < 127; code += 1) {
    expect(textWidth(String.fromCharCode(code), 14)).toBeGreaterThan(3)
  }
  expect(textWidth('漢', 14)).toBeGreaterThan(3)
  expect(textWidth('é', 14)).toBe(textWidth('e', 14))
})

test('a text that is too long ends with an ellipsis inside its room', () => {
  const fitted = fitText('captured by Holdpoint', 10, 60)
  expect(fitted).toMatch(/…$/)
  expect(textWidth(fitted, 10)).toBeLessThanOrEqual(60)
})

test.each([
  ['https://pay.shop.example', 'pay.', 'shop.example', ''],
  ['https://shop.example.evil.com', 'shop.example.', 'evil.com', ''],
  ['https://www.shop.co.uk:8443', 'www.', 'shop.co.uk', ':8443'],
  ['https://someone.github.io', '', 'someone.github.io', ''],
  ['http://127.0.0.1:4301', '', '127.0.0.1', ':4301'],
  ['http://localhost:3000', '', 'localhost', ':3000'],
  ['http://[::1]:3000', '', '[::1]', ':3000'],
  ['https://xn--pypal-4ve.com', '', 'xn--pypal-4ve.com', ''],
])(
  'in %s the part that somebody registered is told from the rest',
  (origin, before, registrable, port) => {
    expect(originParts(origin)).toMatchObject({ before, registrable, port })
  },
)

describe('the crop', () => {
  const screen = { widthPx: 1_280, heightPx: 800 }
  const button = { x: 820, y: 430, width: 350, height: 40 }

  test('holds the target and the nearest total outside it', () => {
    const near = { x: 1_100, y: 340, width: 80, height: 30 }
    const far = { x: 20, y: 20, width: 80, height: 30 }
    const region = cropRegion(
      button,
      [far, near, { x: 830, y: 435, width: 60, height: 20 }],
      screen,
      1,
    )
    expect(region).toBeDefined()
    if (region === undefined) return
    for (const part of [button, near]) {
      expect(part.x).toBeGreaterThanOrEqual(region.x)
      expect(part.y).toBeGreaterThanOrEqual(region.y)
      expect(part.x + part.width).toBeLessThanOrEqual(region.x + region.width)
      expect(part.y + part.height).toBeLessThanOrEqual(region.y + region.height)
    }
    expect(region.width * region.height).toBeLessThan(1_280 * 800 * 0.5)
  })

  test('stays inside the picture, in whole pixels', () => {
    const region = cropRegion({ x: 1_200, y: 770, width: 79, height: 29 }, [], screen, 1.5)
    expect(region).toBeDefined()
    for (const value of Object.values(region ?? {})) expect(Number.isInteger(value)).toBe(true)
    expect((region?.x ?? 0) + (region?.width ?? 0)).toBeLessThanOrEqual(1_280)
    expect((region?.y ?? 0) + (region?.height ?? 0)).toBeLessThanOrEqual(800)
  })

  test('is none when the target is out of view or the picture is small anyway', () => {
    expect(cropRegion({ x: 10, y: 2_000, width: 100, height: 40 }, [], screen, 1)).toBeUndefined()
    expect(
      cropRegion({ x: 10, y: 20, width: 100, height: 40 }, [], { widthPx: 390, heightPx: 300 }, 1),
    ).toBeUndefined()
  })
})
