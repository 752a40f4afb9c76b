import { optionInvalid } from '../../core/errors.ts'

/**
 * Playwright as the project has it: `playwright`, or the `playwright-core` that it is made of. Throws
 * `HP_ERR_OPTION_INVALID` naming what to install.
 */
export async function loadPlaywright(): Promise<typeof import('playwright')> {
  try {
    return await import('playwright').catch(async (error: unknown) => {
      if (!isMissing(error)) throw error
      return await import('playwright-core')
    })
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    const missing = optionInvalid('Playwright', 'is not installed: npm install playwright')
    throw Object.assign(missing, { cause })
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
}
