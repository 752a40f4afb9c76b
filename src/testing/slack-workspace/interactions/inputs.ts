import { elementsOf } from '../blocks/check.ts'
import { numberTrouble } from '../blocks/elements.ts'
import type { WireBlock } from '../types.ts'
import { optionsOf } from './elements.ts'

type Element = Readonly<Record<string, unknown>>
type Entry = Readonly<Record<string, unknown>>

/**
 * `state.values`: what every input and select shows, by block and action id. `entered` is keyed by
 * action id or block id.
 */
export function stateValues(
  blocks: readonly WireBlock[],
  entered: Readonly<Record<string, string | undefined>>,
): Record<string, Record<string, Entry>> {
  const values: Record<string, Record<string, Entry>> = {}
  for (const block of blocks) {
    for (const { element } of elementsOf(block)) {
      const actionId = String(element.action_id)
      const entry = entryOf(element, entered[actionId] ?? entered[block.block_id])
      if (entry) values[block.block_id] = { ...values[block.block_id], [actionId]: entry }
    }
  }
  return values
}

/** What an element shows: what was given, else what it began with. An emptied one shows nothing. */
function entryOf(element: Element, given: string | undefined): Entry | undefined {
  const { type } = element
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
      return { type, value: (given ?? element.initial_value) || null }
    case 'datepicker':
      return { type, selected_date: (given ?? element.initial_date) || null }
    case 'static_select': {
      const chosen = optionsOf(element).find(
        (option) => option.value === given || option.text.text === given,
      )
      return { type, selected_option: chosen ?? element.initial_option ?? null }
    }
    default:
      return undefined
  }
}

/** What Slack's own form says below a field instead of sending: it is empty, or not what it takes. */
export function inputErrors(
  blocks: readonly WireBlock[],
  values: Readonly<Record<string, Readonly<Record<string, Entry>>>>,
): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of blocks) {
    if (block.type !== 'input') continue
    const entry = Object.values(values[block.block_id] ?? {})[0] ?? {}
    const shown = entry.value ?? entry.selected_date ?? entry.selected_option ?? null
    const trouble =
      shown === null
        ? block.optional !== true && 'Please complete this field'
        : troubleWith(block.element as Element, shown)
    if (trouble) errors[block.block_id] = trouble
  }
  return errors
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

function troubleWith(element: Element, shown: unknown): string | undefined {
  if (typeof shown !== 'string') return undefined
  switch (element.type) {
    case 'number_input':
      return numberTrouble(element, shown)
    case 'datepicker':
      return DATE.test(shown) ? undefined : 'Pick a date'
    case 'plain_text_input': {
      const min = Number(element.min_length ?? 0)
      const max = Number(element.max_length ?? 3000)
      if (shown.length < min) return `Must be at least ${min} characters`
      return shown.length > max ? `Must be at most ${max} characters` : undefined
    }
    default:
      return undefined
  }
}
