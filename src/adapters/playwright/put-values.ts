import type { RequestField } from '../../core/action.ts'
import { type EditableField, type EditedValues, editsOf } from '../../core/edit.ts'
import type { FieldChange } from '../../core/terms.ts'
import type { ContextGuard } from './context-guard.ts'
import type { ReadHow as How } from './evidence/index.ts'
import type { Tab } from './tab.ts'
import { trafficOf } from './until-quiet.ts'

const TYPE_MS = 2_000

/** What a form would send once it holds these values; names that it does not send stay out. */
export function entriesWith(
  entries: readonly RequestField[] | undefined,
  values: EditedValues,
): readonly RequestField[] | undefined {
  return entries?.map((entry) => {
    const value = Object.hasOwn(values, entry.name) ? values[entry.name] : undefined
    return value === undefined ? entry : { ...entry, value }
  })
}

/**
 * Puts a reviewer's values into the form of the target by Playwright's own input, and waits for what the
 * page makes of them. Nothing that would be held leaves meanwhile. Gives what did not go as it should;
 * whether the form now says what was approved is for the reading after it.
 */
export async function putValues(
  guard: ContextGuard,
  tab: Tab,
  howNow: () => Promise<How | undefined>,
  editable: readonly EditableField[],
  values: EditedValues,
): Promise<readonly FieldChange[]> {
  const stopped: string[] = []
  tab.onStopped = (what) => void stopped.push(what)
  const traffic = trafficOf(tab.page)
  try {
    for (const field of editable) {
      const value = values[field.name]
      if (value === undefined) continue
      if (!(await put(guard, tab, await howNow(), field, value))) {
        return editsOf([field], values).map(({ field, after }) => ({
          field,
          approved: after,
          now: 'could not be entered',
        }))
      }
    }
    if (!(await traffic.untilQuiet())) {
      return [{ field: 'page', approved: 'at rest', now: 'goes on changing' }]
    }
    return stopped.map((what) => ({
      field: 'request',
      approved: 'none before the act',
      now: what,
    }))
  } finally {
    tab.onStopped = undefined
    traffic.stop()
  }
}

async function put(
  guard: ContextGuard,
  tab: Tab,
  how: How | undefined,
  field: EditableField,
  value: string,
): Promise<boolean> {
  try {
    const path = how && (await guard.pages.fieldPath(tab, how, field.name))
    if (path === undefined) return false
    const element = tab.page.mainFrame().locator(`css=${path}`)
    const patience = { timeout: TYPE_MS }
    if (field.type === 'choice') await element.selectOption({ value }, patience)
    else await element.fill(value, patience)
    // Pages that listen for `change` must hear of it now, not when the approved click takes the focus away.
    await element.blur(patience)
    return true
  } catch (error) {
    guard.holding.logger.info('a value could not be entered', { error: String(error) })
    return false
  }
}
