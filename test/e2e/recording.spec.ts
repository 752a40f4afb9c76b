import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { partsOf } from '../../src/compose/holdpoint.ts'
import { sha256Hex } from '../../src/core/canonical.ts'
import { type SessionRecord, sessionRecordSchema } from '../../src/core/session.ts'
import { type Agent, type Desk, expect, test } from './support/stage.ts'

type Step = Extract<SessionRecord, { kind: 'step' }>

function folderOf(desk: Desk, agent: Agent): string {
  return join(partsOf(desk.holdpoint).dataDir, 'sessions', agent.guarded.session)
}

async function steps(desk: Desk, agent: Agent): Promise<readonly Step[]> {
  const lines = await readFile(join(folderOf(desk, agent), 'session.jsonl'), 'utf8')
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => sessionRecordSchema.parse(JSON.parse(line)))
    .filter((record): record is Step => record.kind === 'step')
}

test('a step of an agent that thinks is recorded with a picture of what it found', async ({
  desk,
  shop,
  agent,
}) => {
  await agent.page.goto(shop.url)
  let picture: string | undefined
  await expect
    .poll(async () => {
      await agent.page.getByRole('heading').first().click()
      picture = (await steps(desk, agent)).findLast((step) => step.picture !== undefined)?.picture
      return picture
    })
    .toBeDefined()
  const bytes = await readFile(join(folderOf(desk, agent), `${picture}.jpg`))
  expect(sha256Hex(bytes)).toBe(picture)
})

test('a step that was held is recorded with the picture that the person saw', async ({
  desk,
  shop,
  agent,
}) => {
  await agent.page.goto(shop.checkoutUrl)
  const acted = agent.page.getByRole('button', { name: /^Place order/ }).click()
  const request = await desk.nextHeld()
  await desk.approve(request.id)
  await acted
  await agent.guarded.close()
  const step = (await steps(desk, agent)).find(({ requestId }) => requestId === request.id)
  expect(step?.picture).toBe(request.evidence.picture?.sha256)
})
