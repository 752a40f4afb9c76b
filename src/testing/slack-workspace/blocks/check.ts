import { isDeepStrictEqual } from 'node:util'
import { isUsableImage } from '../files.ts'
import { nextId, type WorkspaceState } from '../state.ts'
import type { MessageVersion, WireBlock } from '../types.ts'
import { complaints } from './complaints.ts'
import { LIMITS } from './limits.ts'
import { type Block, type ModalView, messageBlocks, modalView } from './schema.ts'

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string; readonly details: readonly string[] }

const refuse = (error: string, details: readonly string[] = []) =>
  ({ ok: false, error, details }) as const

/**
 * A message's blocks as Slack takes them: schema, sizes, ids, and files that exist and are ready.
 * For an update, `history` is what the message said before: an id given to a block then may not be
 * given to a block again, unless the whole message is sent once more as it stands (a retry).
 */
export function checkMessageBlocks(
  state: WorkspaceState,
  given: unknown,
  history: readonly MessageVersion[] = [],
): Checked<WireBlock[]> {
  if (!Array.isArray(given) || given.some((block) => typeof block !== 'object' || block === null)) {
    return refuse('invalid_blocks_format')
  }
  const parsed = messageBlocks.safeParse(given)
  if (!parsed.success) {
    return refuse('invalid_blocks', complaints(parsed.error, given, '/blocks'))
  }
  const details = [
    ...duplicateIds(parsed.data, '/blocks'),
    ...reusedIds(parsed.data, history),
    ...unusableFiles(state, parsed.data, '/blocks'),
  ]
  if (details.length > 0) return refuse('invalid_blocks', details)
  if (JSON.stringify(given).length > LIMITS.blocksJson) return refuse('msg_blocks_too_long')
  return { ok: true, value: fillIds(state, parsed.data) }
}

/** A modal as Slack takes it. Refusals of views are `invalid_arguments`. */
export function checkView(
  state: WorkspaceState,
  given: unknown,
): Checked<Omit<ModalView, 'blocks'> & { blocks: WireBlock[] }> {
  const parsed = modalView.safeParse(given)
  if (!parsed.success) {
    return refuse('invalid_arguments', complaints(parsed.error, given, '/view'))
  }
  const view = parsed.data
  const details = [
    ...duplicateIds(view.blocks, '/view/blocks'),
    ...unusableFiles(state, view.blocks, '/view/blocks'),
    ...secondFocus(view.blocks),
    ...view.blocks.flatMap((block, index) =>
      block.type === 'input' && view.submit === undefined
        ? [
            `must define \`submit\` to use an \`input\` block in modals [json-pointer:/view/blocks/${index}/input]`,
          ]
        : [],
    ),
  ]
  if (details.length > 0) return refuse('invalid_arguments', details)
  if (Buffer.byteLength(JSON.stringify(given)) > LIMITS.viewBytes) return refuse('view_too_large')
  return { ok: true, value: { ...view, blocks: fillIds(state, view.blocks) } }
}

/** One element of a modal may have the focus when it opens. */
function secondFocus(blocks: readonly Block[]): string[] {
  const focused = blocks.flatMap((block, index) =>
    elementsOf(block)
      .filter(({ element }) => element.focus_on_load === true)
      .map(({ path }) => `/view/blocks/${index}/${path}/focus_on_load`),
  )
  return focused
    .slice(1)
    .map((at) => `\`focus_on_load\` may be set on one element only [json-pointer:${at}]`)
}

/** The interactive elements of a block, with the path to each. */
export function elementsOf(
  block: WireBlock | Block,
): readonly { readonly element: Record<string, unknown>; readonly path: string }[] {
  const fields = block as Record<string, unknown>
  const list = Array.isArray(fields.elements) && block.type === 'actions' ? fields.elements : []
  return [
    ...list.map((element: Record<string, unknown>, index: number) => ({
      element,
      path: `elements/${index}`,
    })),
    ...['accessory', 'element']
      .filter((key) => fields[key] !== undefined)
      .map((key) => ({ element: fields[key] as Record<string, unknown>, path: key })),
  ]
}

function duplicateIds(blocks: readonly Block[], root: string): string[] {
  const blockIds = new Set<string>()
  return blocks.flatMap((block, index) => {
    const found: string[] = []
    // An empty id counts as an id for Slack (slack-go#823), so two of them collide as well.
    if (block.block_id !== undefined) {
      if (blockIds.has(block.block_id)) {
        found.push(
          `\`block_id\` "${block.block_id}" already exists [json-pointer:${root}/${index}/block_id]`,
        )
      }
      blockIds.add(block.block_id)
    }
    const actionIds = new Set<unknown>()
    for (const { element, path } of elementsOf(block)) {
      const id = element.action_id
      if (id !== undefined && actionIds.has(id)) {
        found.push(
          `\`action_id\` "${String(id)}" already exists [json-pointer:${root}/${index}/${path}/action_id]`,
        )
      }
      actionIds.add(id)
    }
    return found
  })
}

/**
 * The reference asks for "a new `block_id`" on every update. Slack lets an old one pass and then
 * mixes up the state of selects, so here it is refused, where it can be noticed.
 */
function reusedIds(blocks: readonly Block[], history: readonly MessageVersion[]): string[] {
  const current = history.at(-1)
  const isRetry =
    current?.blocks.length === blocks.length &&
    blocks.every((block, index) => {
      const before = current.blocks[index]
      return before !== undefined && isDeepStrictEqual(withIdsOf(block, before), before)
    })
  if (isRetry) return []
  const used = new Set(history.flatMap((version) => version.blocks.map((block) => block.block_id)))
  return blocks.flatMap((block, index) =>
    block.block_id !== undefined && used.has(block.block_id)
      ? [
          `\`block_id\` "${block.block_id}" was used before in this message; use a new one for every update [json-pointer:/blocks/${index}/block_id]`,
        ]
      : [],
  )
}

function unusableFiles(state: WorkspaceState, blocks: readonly Block[], root: string): string[] {
  const images = blocks.flatMap((block, index) => {
    if (block.type === 'image') return [{ image: block, at: `${root}/${index}` }]
    if (block.type === 'section' && block.accessory?.type === 'image') {
      return [{ image: block.accessory, at: `${root}/${index}/accessory` }]
    }
    if (block.type !== 'context') return []
    return block.elements.flatMap((element, place) =>
      element.type === 'image'
        ? [{ image: element, at: `${root}/${index}/elements/${place}` }]
        : [],
    )
  })
  return images
    .filter(({ image }) => image.slack_file && !isUsableImage(state, image.slack_file))
    .map(({ at }) => `invalid slack file [json-pointer:${at}/slack_file]`)
}

/** Slack gives an id to every block and interactive element that has none. */
function fillIds(state: WorkspaceState, blocks: readonly Block[]): WireBlock[] {
  return blocks.map((block) => {
    const filled: Record<string, unknown> = {
      ...structuredClone(block),
      block_id: block.block_id ?? nextId(state, 'b'),
    }
    for (const { element } of elementsOf(filled as WireBlock)) {
      if (element.type !== 'image') element.action_id ??= nextId(state, 'a')
    }
    return filled as WireBlock
  })
}

/** The block as it would be stored if the ids left out were those of `before`. */
function withIdsOf(block: Block, before: WireBlock): unknown {
  const copy: Record<string, unknown> = { ...structuredClone(block) }
  copy.block_id ??= before.block_id
  const old = elementsOf(before)
  for (const [index, { element }] of elementsOf(copy as WireBlock).entries()) {
    const id = old[index]?.element.action_id
    if (id !== undefined) element.action_id ??= id
  }
  return copy
}
