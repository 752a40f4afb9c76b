import { launchOptions } from 'holdpoint'
import { startSampleShop } from 'holdpoint/testing'
import { chromium } from 'playwright'
import {
  captureEvidence,
  createPageReader,
  finishEvidence,
  type ReadHow,
} from '../src/adapters/playwright/evidence/index.ts'
import { loadNow, ms, print, printMachine, times } from './support/report.ts'
import { countFrom, median, quantile, rotated, timed } from './support/statistics.ts'

const COUNT = countFrom('COUNT', 30)

const shop = await startSampleShop()
const browser = await chromium.launch(await launchOptions())
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(shop.checkoutUrl)
  const box = await page.getByRole('button', { name: 'Place order' }).boundingBox()
  if (box === null) throw new Error('the checkout shows no button')
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const how: ReadHow = { target: { kind: 'point', ...point } }
  const reader = createPageReader(context)
  const session = await reader.session(page)
  const request = { page, reader, how, agent: 'bench' }

  const capture = () => captureEvidence({ ...request, now: new Date() })
  const first = await capture()
  if ('missing' in first.capture) throw new Error(`no picture: ${first.capture.missing}`)
  const variants = [
    {
      name: 'raw CDP capture, JPEG 80',
      run: () => session.send('Page.captureScreenshot', { format: 'jpeg', quality: 80 }),
    },
    {
      name: 'raw CDP capture, fast PNG',
      run: () => session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true }),
    },
    { name: 'one reading of the page', run: () => reader.read(page, how) },
    { name: 'evidence, what the agent waits for', run: capture },
    // Painting and encoding need no page: they run while the agent already waits for a person.
    { name: 'evidence, finishing it', run: () => finishEvidence(first) },
  ]
  const taken = new Map<string, number[]>(variants.map(({ name }) => [name, []]))
  const loadBefore = loadNow()
  for (let round = -2; round < COUNT; round += 1) {
    for (const { name, run } of rotated(variants, round + 2)) {
      const tookMs = await timed(run)
      // The first rounds warm up.
      if (round >= 0) taken.get(name)?.push(tookMs)
    }
  }

  printMachine([`Chromium ${browser.version()} headless`])
  const raw = taken.get('raw CDP capture, JPEG 80') ?? []
  print({
    title: `evidence of the sample shop's checkout: n=${COUNT}, interleaved, load ${loadBefore} → ${loadNow()}`,
    columns: ['', 'median', 'p95', 'of raw'],
    rows: variants.map(({ name }) => {
      const all = taken.get(name) ?? []
      return [name, ms(median(all)), ms(quantile(all, 0.95)), times(median(all) / median(raw))]
    }),
  })
} finally {
  await browser.close()
  await shop.close()
}
