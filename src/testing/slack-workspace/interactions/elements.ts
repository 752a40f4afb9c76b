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
