import type { InputBlock, ModalView } from '@slack/types'
import type { EditableField, EditedValues } from '../../core/edit.ts'
import { plainLine } from '../../core/text.ts'
import { EDIT_MODAL } from './answer-id.ts'
import { type ModalMetadata, modalMetadata } from './modal-metadata.ts'
import type { FormEntry, FormValues } from './reason-modal.ts'
import { plain } from './text.ts'

const VALUE = 'hp_edit_value'

/** By the field's place: a name may be longer than a block's id. What is offered for a request never changes. */
const blockOf = (index: number): string => `hp_edit_block.${index}`

/** Asks for new values of the fields that may be changed; they stand there as they are now. */
export function editModal(about: ModalMetadata, editable: readonly EditableField[]): ModalView {
  return {
    type: 'modal',
    callback_id: EDIT_MODAL,
    private_metadata: modalMetadata(about),
    title: plain(`Edit ${about.id.requestId}`, 24),
    submit: plain('Approve with changes', 24),
    close: plain('Back', 24),
    blocks: editable.map((field, index) => ({
      type: 'input',
      block_id: blockOf(index),
      label: plain(plainLine(field.label, 100), 150),
      // Slack wants something in every other field; only a text can be emptied.
      ...(field.type === 'text' || field.value === '' ? { optional: true } : {}),
      element: inputOf(field),
    })),
  }
}

function inputOf(field: EditableField): InputBlock['element'] {
  const { value } = field
  switch (field.type) {
    case 'number':
      return {
        type: 'number_input',
        action_id: VALUE,
        is_decimal_allowed: false,
        initial_value: value,
        ...(field.min === undefined ? {} : { min_value: `${field.min}` }),
        ...(field.max === undefined ? {} : { max_value: `${field.max}` }),
      }
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        max_length: field.maxLength,
        ...(value === '' ? {} : { initial_value: value }),
      }
    case 'date':
      return {
        type: 'datepicker',
        action_id: VALUE,
        ...(value === '' ? {} : { initial_date: value }),
      }
    case 'choice': {
      // Values of options may be longer than Slack takes.
      const options = field.options.map(({ label }, index) => ({
        text: plain(label, 75),
        value: `${index}`,
      }))
      const chosen = options[field.options.findIndex((option) => option.value === value)]
      return {
        type: 'static_select',
        action_id: VALUE,
        options,
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      }
    }
  }
}

/** The values of a submitted form by the fields' names. */
export function readEdits(entered: FormValues, editable: readonly EditableField[]): EditedValues {
  return Object.fromEntries(
    editable.map((field, index) => {
      const entry = entered[blockOf(index)]?.[VALUE]
      const value = entry === undefined ? field.value : enteredIn(field, entry)
      return [field.name, value]
    }),
  )
}

function enteredIn(field: EditableField, entry: FormEntry): string {
  switch (field.type) {
    case 'choice': {
      const chosen = entry.selected_option?.value
      // None of ours is none of the options, and refused.
      return chosen === undefined ? field.value : (field.options[Number(chosen)]?.value ?? '')
    }
    case 'date':
      return entry.selected_date ?? field.value
    default:
      return entry.value ?? ''
  }
}

/** Where a refusal is shown: at the field at fault, else at the first. */
export function blockOfField(editable: readonly EditableField[], name: string | undefined): string {
  return blockOf(
    Math.max(
      0,
      editable.findIndex((field) => field.name === name),
    ),
  )
}
