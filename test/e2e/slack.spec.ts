import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { createHoldpoint, defineConfig, definePolicy, launchOptions } from 'holdpoint'
import { slackChannel } from 'holdpoint/slack'
import { startSlackWorkspace } from 'holdpoint/testing'
import { ownerOf } from '../../src/compose/holdpoint.ts'
import { expect, openAgent, test } from './support/stage.ts'

test('Slack is down: it stays held, the page shows the attempts, and the card comes when Slack is back', async ({
  shop,
}) => {
  const slack = await startSlackWorkspace()
  const dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-slack-'))
  const { botToken, signingSecret, channelId, teamId, apiUrl: slackApiUrl, users } = slack
  const held = Promise.withResolvers<string>()
  const holdpoint = await createHoldpoint({
    dataDir,
    config: defineConfig({
      channels: [slackChannel({ botToken, signingSecret, channelId, teamId, slackApiUrl })],
      reviewers: { grace: { name: 'Grace', slack: users.grace }, ada: { name: 'Ada' } },
      policy: definePolicy({ reviewers: ['grace'], expiresAfterMs: 10 * 60_000 }),
    }),
    onHeld: ({ requestId }) => held.resolve(requestId),
  })
  const browser = await chromium.launch(await launchOptions(holdpoint))
  try {
    slack.setInteractivityUrl(`${holdpoint.url}/callbacks/slack`)
    slack.faults.add({ method: '*', kind: 'down' })
    const { page, guarded } = await openAgent(browser, holdpoint)
    await page.goto(shop.checkoutUrl)
    const acted = page.getByRole('button', { name: 'Place order' }).click()
    const requestId = await held.promise

    const reviewer = await browser.newPage()
    await reviewer.goto(await ownerOf(holdpoint).signInLink('grace', `/requests/${requestId}`))
    await reviewer.getByRole('button', { name: 'Sign in' }).click()
    await expect
      .poll(async () => {
        await reviewer.reload()
        return reviewer.getByText(/slack/i).allInnerTexts()
      })
      .toEqual(expect.arrayContaining([expect.stringMatching(/attempt/)]))
    expect(slack.messages()).toEqual([])
    expect(shop.orders).toHaveLength(0)

    slack.faults.clear()
    await expect.poll(() => slack.messages()[0]?.ts, { timeout: 60_000 }).toBeDefined()
    const approve = () =>
      slack.messages()[0]?.blocks.some((block) => JSON.stringify(block).includes('"Approve'))
    await expect.poll(approve).toBe(true)
    await reviewer.goto(slack.url)
    await reviewer.getByRole('button', { name: /^Approve/ }).click()
    await acted
    expect(shop.orders).toHaveLength(1)
    await guarded.close()
  } finally {
    await browser.close()
    await holdpoint.close()
    await slack.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
