import type { ModalView } from '@slack/types'
import { REASON_MODAL } from './answer-id.ts'
import { type ModalMetadata, modalMetadata } from './modal-metadata.ts'
import { plain } from './text.ts'

/** Also the block that a refusal of the submitted form is shown at. */
export const REASON_BLOCK = 'hp_reason_block'
const REASON_TEXT = 'hp_reason_text'

/** Asks for a reason in the person's own words. */
export function reasonModal(about: ModalMetadata): ModalView {
  return {
    type: 'modal',
    callback_id: REASON_MODAL,
    private_metadata: modalMetadata(about),
    title: plain(`Reject ${about.id.requestId}`, 24),
    submit: plain('Reject', 24),
    close: plain('Back', 24),
    blocks: [
      {
        type: 'input',
        block_id: REASON_BLOCK,
        label: plain('Reason', 75),
        hint: plain('The agent reads it, so that it can do better.', 150),
        element: {
          type: 'plain_text_input',
          action_id: REASON_TEXT,
          multiline: true,
          min_length: 1,
          max_length: 500,
          focus_on_load: true,
        },
      },
    ],
  }
}

/** What a submitted form holds, by block and action id. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, FormEntry>>>>

export interface FormEntry {
  readonly value?: string | null | undefined
  readonly selected_date?: string | null | undefined
  readonly selected_option?: { readonly value: string } | null | undefined
}

/** The reason; undefined when there is none. */
export function readReason(values: FormValues): string | undefined {
  const reason = values[REASON_BLOCK]?.[REASON_TEXT]?.value?.trim() ?? ''
  return reason === '' ? undefined : reason
}
