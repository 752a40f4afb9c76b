import { elementsOf } from '../blocks/check.ts'
import type { WireBlock } from '../types.ts'

export interface FoundElement {
  readonly blockId: string
  readonly element: Readonly<Record<string, unknown>>
}

export interface WireOption {
  readonly text: { readonly type: string; readonly text: string }
  readonly value: string
  readonly url?: string
}

/** The element that a person can use under this action id. */
export function findElement(
  blocks: readonly WireBlock[],
  actionId: string,
  blockId?: string,
): FoundElement | undefined {
  for (const block of blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue
    for (const { element } of elementsOf(block)) {
      if (element.action_id === actionId) return { blockId: block.block_id, element }
    }
  }
  return undefined
}

/** All options of a select or overflow menu, groups flattened. */
export function optionsOf(element: Readonly<Record<string, unknown>>): readonly WireOption[] {
  const direct = (element.options ?? []) as readonly WireOption[]
  const groups = (element.option_groups ?? []) as readonly {
    readonly options: readonly WireOption[]
  }[]
  return [...direct, ...groups.flatMap((group) => group.options)]
}

/** The entry of `actions` for a use of the element. `selected` is an option's value or its text. */
export function actionOf(
  { blockId, element }: FoundElement,
  selected: string | undefined,
  actionTs: string,
): Record<string, unknown> {
  const { action_id, type, text, value, style, confirm, placeholder } = element
  const common = { action_id, block_id: blockId, type, action_ts: actionTs }
  const shown = { ...(confirm === undefined ? {} : { confirm }) }
  switch (type) {
    case 'button':
      return {
        ...common,
        ...shown,
        text,
        ...(value === undefined ? {} : { value }),
        ...(style === undefined ? {} : { style }),
      }
    case 'static_select':
    case 'overflow': {
      const options = optionsOf(element)
      const chosen = options.find(
        (option) => option.value === selected || option.text.text === selected,
      )
      if (!chosen) {
        const known = options.map((option) => option.value).join(', ')
        throw new TypeError(`no option "${selected}" in ${String(action_id)}; it has: ${known}`)
      }
      return {
        ...common,
        ...shown,
        selected_option: chosen,
        ...(placeholder === undefined ? {} : { placeholder }),
      }
    }
    default:
      throw new TypeError(`${String(type)} cannot be clicked`)
  }
}

/**
 * `state.values`: what every input and select shows, by block and action id. `entered` is keyed by
 * action id or block id.
 */
export function stateValues(
  blocks: readonly WireBlock[],
  entered: Readonly<Record<string, string | undefined>>,
): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {}
  for (const block of blocks) {
    for (const { element } of elementsOf(block)) {
      const actionId = String(element.action_id)
      const given = entered[actionId] ?? entered[block.block_id]
      if (element.type === 'plain_text_input') {
        const value = given ?? element.initial_value ?? null
        values[block.block_id] = {
          ...values[block.block_id],
          [actionId]: { type: 'plain_text_input', value: value === '' ? null : value },
        }
      }
      if (element.type === 'static_select') {
        const chosen = optionsOf(element).find(
          (option) => option.value === given || option.text.text === given,
        )
        values[block.block_id] = {
          ...values[block.block_id],
          [actionId]: {
            type: 'static_select',
            selected_option: chosen ?? element.initial_option ?? null,
          },
        }
      }
    }
  }
  return values
}

/** What Slack's own form refuses before it sends anything: empty, too short, too long. */
export function inputErrors(
  blocks: readonly WireBlock[],
  values: Readonly<Record<string, Record<string, unknown>>>,
): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const block of blocks) {
    if (block.type !== 'input') continue
    const element = block.element as Readonly<Record<string, unknown>>
    const entry = Object.values(values[block.block_id] ?? {})[0] as
      | { value?: string | null; selected_option?: unknown }
      | undefined
    const text = entry?.value ?? ''
    const empty = text === '' && !entry?.selected_option
    if (empty && block.optional !== true) errors[block.block_id] = 'Please complete this field'
    if (empty) continue
    const min = Number(element.min_length ?? 0)
    const max = Number(element.max_length ?? 3000)
    if (element.type !== 'plain_text_input') continue
    if (text.length < min) errors[block.block_id] = `Must be at least ${min} characters`
    if (text.length > max) errors[block.block_id] = `Must be at most ${max} characters`
  }
  return errors
}
