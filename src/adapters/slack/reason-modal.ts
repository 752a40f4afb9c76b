import type { ModalView } from '@slack/types'
import { answerBlockId, REASON_MODAL } from './answer-id.ts'
import { type Click, modalMetadata } from './payload.ts'
import { plain } from './text.ts'

/** Also the block that a refusal of the submitted form is shown at. */
export const REASON_BLOCK = 'hp_reason_block'

/** Asks for a reason in the person's own words. */
export function reasonModal(click: Click): ModalView {
  return {
    type: 'modal',
    callback_id: REASON_MODAL,
    private_metadata: modalMetadata(answerBlockId(click.id, 0), click.channel),
    title: plain(`Reject ${click.id.requestId}`, 24),
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
          action_id: 'hp_reason_text',
          multiline: true,
          min_length: 1,
          max_length: 500,
          focus_on_load: true,
        },
      },
    ],
  }
}
