import type { PlaywrightPage } from 'holdpoint'
import type { Page } from 'playwright'

const APPEARS_MS = 60_000
const MENU_MS = 3_000
const MENU_TRIES = 5

/** A scripted person who answers in the local inbox by clicking, as anybody would. */
export interface ScriptedReviewer {
  /** Waits until the message of a request offers Approve. */
  sees(requestId: string): Promise<void>
  approve(requestId: string): Promise<void>
  /** Picks a ready-made reason, such as "Too expensive", from the Reject menu. */
  reject(requestId: string, reason: string): Promise<void>
}

/** Uses a page of an unguarded context to look at the inbox as one of its people. */
export function scriptedReviewer(
  inboxPage: PlaywrightPage,
  inboxUrl: string,
  person: string,
): ScriptedReviewer {
  const page = inboxPage as Page
  const messageOf = async (requestId: string) => {
    await page.goto(`${inboxUrl}/${requestId}?as=${encodeURIComponent(person)}`)
    return page.locator('article, [role=article], li').filter({ hasText: requestId })
  }
  return {
    async sees(requestId) {
      const message = await messageOf(requestId)
      await message
        .getByRole('button', { name: /^Approve/ })
        .first()
        .waitFor({ timeout: APPEARS_MS })
    },
    async approve(requestId) {
      const message = await messageOf(requestId)
      await message
        .getByRole('button', { name: /^Approve/ })
        .first()
        .click({ timeout: APPEARS_MS })
    },
    async reject(requestId, reason) {
      const message = await messageOf(requestId)
      // The message is drawn anew when its picture arrives, and that closes an open menu.
      await message
        .getByRole('button', { name: /^Approve/ })
        .first()
        .waitFor({ timeout: APPEARS_MS })
      for (let tries = 1; ; tries += 1) {
        await message
          .getByRole('button', { name: /^Reject/ })
          .first()
          .click({ timeout: APPEARS_MS })
        try {
          await page.getByRole('option', { name: reason }).first().click({ timeout: MENU_MS })
          return
        } catch (error) {
          if (tries === MENU_TRIES) throw error
        }
      }
    },
  }
}
