import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../../src/ports/log.ts'
import { LOCAL_PEOPLE, localInbox, startSlackWorkspace } from '../../src/testing/index.ts'

async function start() {
  const opened: string[] = []
  const instance = await localInbox({ onOpen: (url) => opened.push(url) }).start({
    identities: { grace: LOCAL_PEOPLE.grace },
    names: { grace: 'Grace' },
    clock: { now: () => new Date() },
    logger: silentLogger,
  })
  return { instance, url: opened[0] ?? '' }
}

test('the inbox is open once the channel is at work, and gone when it is closed', async () => {
  const { instance, url } = await start()
  expect((await fetch(url)).status).toBe(200)
  await instance.close?.()
  await expect(fetch(url)).rejects.toThrow()
})

test('its people are those of the local workspace', async () => {
  const workspace = await startSlackWorkspace()
  onTestFinished(() => workspace.close())
  expect(workspace.users).toMatchObject(LOCAL_PEOPLE)
})
