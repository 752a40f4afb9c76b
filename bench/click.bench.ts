import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHoldpoint } from 'holdpoint'
import type { Page } from 'playwright'
import { type Driven, openBare, openGuarded } from './support/open-page.ts'
import { startPlainSite } from './support/plain-site.ts'
import { loadNow, ms, print, printMachine, times } from './support/report.ts'
import { countFrom, median, rotated, timed } from './support/statistics.ts'

const ROUNDS = countFrom('ROUNDS', 5)
const COUNT = countFrom('COUNT', 200)
/** Acts in a row before the next variant has its turn: a load that comes and goes then hits all alike. */
const TURN = Math.min(20, COUNT)

/** An agent thinks between its acts; back to back, a click mostly waits for the browser's next frame. */
const THINKING_MS = 250
/**
 * Up to a frame more, evenly: 250 ms are 15 frames to the millisecond, so that every click would meet the
 * same moment of a frame, and a millisecond more or less would be a whole frame or nothing.
 */
const FRAME_MS = 1_000 / 60
const GOLDEN = (Math.sqrt(5) - 1) / 2
let rests = 0

async function rest(page: Page, pauseMs: number): Promise<void> {
  rests += 1
  await page.waitForTimeout(pauseMs + ((rests * GOLDEN) % 1) * FRAME_MS)
}

interface Act {
  readonly name: string
  /** Rests before each act; the rest is not measured. Then a quarter of the acts, as it takes long. */
  readonly pauseMs?: number
  readonly targets: Readonly<Record<string, string>>
  run(page: Page): Promise<unknown>
}

const targets = { 'record: false': '≤ 1.10×', 'record: true': '≤ 1.25×' }
/** A plain selector is found by the guard's own reading; for all else Playwright is asked first. */
const byMark = (page: Page) => page.locator('#more').click()
const byRole = (page: Page) => page.getByRole('button', { name: 'Show more' }).click()
const thinking = `${THINKING_MS} ms after the last`

const acts: readonly Act[] = [
  { name: 'click that nothing holds, back to back', targets, run: byMark },
  { name: 'click by role and name, back to back', targets, run: byRole },
  {
    name: `click that nothing holds, ${thinking}`,
    pauseMs: THINKING_MS,
    targets,
    run: byMark,
  },
  { name: `click by role and name, ${thinking}`, pauseMs: THINKING_MS, targets, run: byRole },
  {
    name: 'page fetch, GET',
    targets: { 'record: false': '≤ 1.50×' },
    run: (page) => page.evaluate(async () => (await fetch('/data')).text()),
  },
  {
    name: 'page fetch, POST',
    targets: { 'record: false': '≤ 1.50×' },
    run: (page) =>
      page.evaluate(async () => {
        const body = JSON.stringify({ about: 'Likes engines.' })
        const headers = { 'content-type': 'application/json' }
        return (await fetch('/data', { method: 'POST', body, headers })).text()
      }),
  },
]

const dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-bench-'))
const site = await startPlainSite()
const holdpoint = await createHoldpoint({ dataDir, onHeld: () => {} })
const variants: Driven[] = []
try {
  const { url } = site
  variants.push(await openBare(url))
  for (const record of [false, true]) {
    const name = `record: ${record}`
    variants.push(await openGuarded(holdpoint, { url, name, dataDir, record }))
  }
  printMachine([`Chromium ${variants[0]?.browser.version() ?? '?'} headless`])
  const wanted = process.argv[2] ?? ''
  for (const act of acts) if (act.name.includes(wanted)) await measure(act)
} finally {
  for (const { browser } of variants) await browser.close()
  await holdpoint.close()
  await site.close()
  await rm(dataDir, { recursive: true, force: true })
}

async function measure(act: Act): Promise<void> {
  const count = act.pauseMs === undefined ? COUNT : Math.ceil(COUNT / 4)
  const loadBefore = loadNow()
  for (const variant of variants) await turn(act, variant, 5)
  const rounds: ReadonlyMap<Driven, readonly number[]>[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken = new Map<Driven, number[]>(variants.map((variant) => [variant, []]))
    for (let done = 0, turns = 0; done < count; done += TURN, turns += 1) {
      for (const variant of rotated(variants, round + turns)) {
        taken.get(variant)?.push(...(await turn(act, variant, Math.min(TURN, count - done))))
      }
    }
    rounds.push(taken)
  }
  report(act, rounds, `${ROUNDS} interleaved rounds of ${count}, load ${loadBefore} → ${loadNow()}`)
}

async function turn(
  act: Act,
  { page, settled }: Driven,
  count: number,
): Promise<readonly number[]> {
  const taken: number[] = []
  for (let done = 0; done < count; done += 1) {
    if (act.pauseMs !== undefined) await rest(page, act.pauseMs)
    taken.push(await timed(() => act.run(page)))
  }
  await settled()
  return taken
}

function report(
  act: Act,
  rounds: readonly ReadonlyMap<Driven, readonly number[]>[],
  how: string,
): void {
  const [bare] = variants
  const medianOf = (round: ReadonlyMap<Driven, readonly number[]>, variant: Driven | undefined) =>
    median((variant && round.get(variant)) ?? [])
  const rows = variants.map((variant) => {
    const medians = rounds.map((round) => medianOf(round, variant))
    const ratios = rounds.map((round) => medianOf(round, variant) / medianOf(round, bare))
    const isBare = variant === bare
    return [
      variant.name,
      ms(median(medians)),
      isBare ? '' : times(median(ratios)),
      isBare ? '' : `${times(Math.min(...ratios))} – ${times(Math.max(...ratios))}`,
      act.targets[variant.name] ?? '',
    ]
  })
  print({
    title: `${act.name}: ${how}`,
    columns: ['', 'median', 'of bare', 'rounds', 'target'],
    rows,
  })
}
