import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bodyIsHidden,
  bodyOf,
  type PausedRequest,
} from '../../../../src/adapters/playwright/gate/paused-request.ts'
import { requestFacts } from '../../../../src/adapters/playwright/gate/request-facts.ts'
import { launchBrowser } from '../../../support/browser.ts'
import { temporaryFolder } from '../../../support/folder.ts'
import { paused } from './paused.ts'

describe('the body of a paused request', () => {
  test('is what the entries hold, one after the other, byte by byte', () => {
    const body = new Uint8Array([0xff, 0x00, 0xe2, 0x82, 0xac])
    for (const parts of [1, 2, 5]) {
      expect(bodyOf(paused({ body, parts }))).toEqual(Buffer.from(body))
    }
  })

  test('is read from the entries where the text beside them is lossy', () => {
    const event = paused({ body: new Uint8Array([0xff]), request: { postData: '\ufffd' } })
    expect(bodyOf(event)).toEqual(Buffer.from([0xff]))
  })

  test('is the text where there are no entries', () => {
    const request = { hasPostData: true, postData: 'note=café' }
    expect(bodyOf(paused({ request }))?.toString()).toBe('note=café')
  })

  test('is hidden when it is announced and not there, and only then', () => {
    expect(bodyIsHidden(paused({ request: { hasPostData: true } }))).toBe(true)
    expect(bodyIsHidden(paused({ request: { hasPostData: true, postDataEntries: [{}] } }))).toBe(
      true,
    )
    expect(bodyIsHidden(paused({ body: 'a=1' }))).toBe(false)
    expect(bodyIsHidden(paused())).toBe(false)
  })

  test('is hidden when a part of it is not there', () => {
    const postDataEntries = [{ bytes: 'YT0x' }, {}]
    expect(bodyIsHidden(paused({ request: { hasPostData: true, postDataEntries } }))).toBe(true)
  })
})

describe('what Chromium hands over', () => {
  let browser: Browser
  let page: Page
  let close = () => {}
  let origin = ''
  const arrived: { readonly path: string; readonly sha256: string; readonly size: number }[] = []
  const events: PausedRequest[] = []

  beforeAll(async () => {
    const server = createServer(async (request, response) => {
      const bytes = await bodyOfIncoming(request)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (request.method !== 'GET')
        arrived.push({ path: request.url ?? '', sha256, size: bytes.length })
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<title>shop</title>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    browser = await launchBrowser()
    const gate = await browser.newBrowserCDPSession()
    gate.on('Fetch.requestPaused', (event) => {
      if (event.request.method !== 'GET') events.push(event as PausedRequest)
      gate.send('Fetch.continueRequest', { requestId: event.requestId }).catch(() => {})
    })
    await gate.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    page = await browser.newPage()
    await page.goto(origin)
  })
  afterAll(async () => {
    await browser?.close()
    close()
  })

  /** Lets the page send to a path of its own; gives the paused event and what came to the shop. */
  async function sent(path: string, send: () => Promise<unknown>) {
    await send()
    await expect.poll(() => arrived.find((entry) => entry.path === path)).toBeDefined()
    const event = events.find(({ request }) => request.url === origin + path)
    const shop = arrived.find((entry) => entry.path === path)
    if (event === undefined || shop === undefined) throw new Error(`${path} was not seen`)
    const bytes = bodyOf(event)
    return {
      facts: requestFacts(event, origin),
      hidden: bodyIsHidden(event),
      wholeBody:
        bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === shop.sha256,
      size: shop.size,
    }
  }

  const post = (path: string, script: string) =>
    sent(path, () =>
      page.evaluate(`(async () => fetch('${path}', { method: 'POST', ${script} }))()`),
    )

  const submit = async (path: string, form: string, file?: string) =>
    sent(path, async () => {
      await page.goto(origin)
      await page.setContent(
        `<form method=post action="${origin}${path}" ${form}<button>send</button></form>`,
      )
      if (file !== undefined) {
        await page.locator('input[type=file]').setInputFiles(file)
      }
      await page.getByRole('button', { name: 'send' }).click()
    })

  test('of a form is every byte', async () => {
    const form = '><input name=total value="182.40 €"><input name=n value=2>'
    const { facts, wholeBody, hidden } = await submit('/form', form)
    expect({ wholeBody, hidden }).toEqual({ wholeBody: true, hidden: false })
    expect(facts).toMatchObject({
      resourceType: 'document',
      body: 'urlencoded',
      sameSite: true,
      fields: [
        { name: 'total', value: '182.40 €' },
        { name: 'n', value: '2' },
      ],
    })
  })

  test('of a multipart form without files is every byte', async () => {
    const form = 'enctype="multipart/form-data"><input name=total value="182.40 €">'
    const { facts, wholeBody } = await submit('/multipart', form)
    expect(wholeBody).toBe(true)
    expect(facts).toMatchObject({
      body: 'multipart',
      fields: [{ name: 'total', value: '182.40 €' }],
    })
  })

  test('of a form with a file is all of it or admittedly nothing', async () => {
    const file = join(await temporaryFolder(), 'cv.pdf')
    await writeFile(file, Buffer.alloc(4_000, 0xfe))
    const form = 'enctype="multipart/form-data"><input name=total value=1><input type=file name=cv>'
    const { facts, wholeBody, hidden } = await submit('/upload', form, file)
    expect(wholeBody).toBe(!hidden)
    if (hidden) expect(facts).toMatchObject({ body: 'opaque', fields: [] })
  })

  test('of a fetch with JSON is every byte', async () => {
    const { facts, wholeBody } = await post('/json', `body: JSON.stringify({ total: '182.40 €' })`)
    expect(wholeBody).toBe(true)
    expect(facts).toMatchObject({
      resourceType: 'fetch',
      body: 'json',
      fields: [{ name: 'total' }],
    })
  })

  test('of bytes that are no text is every byte', async () => {
    const { facts, wholeBody } = await post('/bytes', 'body: new Uint8Array([255, 0, 254, 10])')
    expect(wholeBody).toBe(true)
    expect(facts.body).toBe('opaque')
  })

  test.each([
    ['a blob', 'body: new Blob(["total=", "182.40"])'],
    [
      'form data with a file in it',
      'body: (() => { const f = new FormData(); f.set("total", "1"); f.set("cv", new File(["x"], "cv")); return f })()',
    ],
    ['two megabytes', 'body: "total=182.40&x=" + "y".repeat(2_000_000)'],
    ['nothing', ''],
  ])('of %s is all of it, or admittedly nothing', async (name, script) => {
    const { facts, wholeBody, hidden, size } = await post(`/${name.replaceAll(' ', '-')}`, script)
    if (size === 0) expect({ hidden, body: facts.body }).toEqual({ hidden: false, body: 'none' })
    else {
      expect(wholeBody).toBe(!hidden)
      if (hidden || size > 512 * 1024) expect(facts.body).toBe('opaque')
    }
  })

  test('of a beacon is every byte, and it is known as a beacon', async () => {
    const { facts, wholeBody } = await sent('/beacon', () =>
      page.evaluate(`navigator.sendBeacon('/beacon', 'event=purchase')`),
    )
    expect(wholeBody).toBe(true)
    expect(facts.resourceType).toBe('beacon')
  })
})

async function bodyOfIncoming(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
