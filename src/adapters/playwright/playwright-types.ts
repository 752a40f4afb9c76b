/**
 * @file What the published types say of Playwright: enough to tell its objects from others, and no more. They name
 * neither `playwright` nor `playwright-core`: a project may have either, of another version than ours, and types
 * that come from two copies of one package do not fit each other.
 */

/** A browser context, as `browser.newContext()` of `playwright` or `playwright-core` gives it. */
export interface PlaywrightContext {
  browser(): unknown
  newPage(): Promise<PlaywrightPage>
  pages(): readonly PlaywrightPage[]
  close(): Promise<void>
}

/** A page of `playwright` or `playwright-core`. */
export interface PlaywrightPage {
  context(): PlaywrightContext
  goto(url: string): Promise<unknown>
  locator(selector: string): unknown
  close(): Promise<void>
}

/** The part of Playwright's launch options that Holdpoint sets; add your own to it. */
export interface BrowserLaunch {
  executablePath: string
  args: string[]
}
