import { z } from 'zod'
import { LIMITS } from './limits.ts'
import {
  confirmation,
  filled,
  imageElement,
  option,
  optionGroup,
  overflowOption,
  plainText,
  webUrl,
} from './objects.ts'

const actionId = filled(LIMITS.actionId).optional()
const focusOnLoad = z.boolean().optional()
const dispatchActionConfig = z
  .strictObject({
    trigger_actions_on: z
      .array(z.enum(['on_enter_pressed', 'on_character_entered']))
      .min(1)
      .optional(),
  })
  .optional()

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plainText(LIMITS.buttonText),
  value: z.string().max(LIMITS.buttonValue).optional(),
  url: webUrl(LIMITS.url).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirmation.optional(),
  accessibility_label: filled(LIMITS.accessibilityLabel).optional(),
})

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    placeholder: plainText(LIMITS.placeholder).optional(),
    options: z.array(option).min(1).max(LIMITS.options).optional(),
    option_groups: z.array(optionGroup).min(1).max(LIMITS.optionGroups).optional(),
    initial_option: option.optional(),
    confirm: confirmation.optional(),
    focus_on_load: focusOnLoad,
  })
  .refine((select) => (select.options === undefined) !== (select.option_groups === undefined), {
    error: 'must define exactly one of `options` or `option_groups`',
  })
  .refine(
    ({ initial_option: initial, options, option_groups: groups }) =>
      initial === undefined ||
      [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)].some(
        ({ value, text }) => value === initial.value && text.text === initial.text.text,
      ),
    { error: 'must be one of the provided options', path: ['initial_option'] },
  )

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(overflowOption).min(1).max(LIMITS.overflowOptions),
  confirm: confirmation.optional(),
})

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    initial_value: z.string().max(LIMITS.inputValue).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(LIMITS.inputValue).optional(),
    max_length: z.int().min(1).max(LIMITS.inputValue).optional(),
    placeholder: plainText(LIMITS.placeholder).optional(),
    focus_on_load: focusOnLoad,
    dispatch_action_config: dispatchActionConfig,
  })
  .refine(({ min_length: min, max_length: max }) => (min ?? 0) <= (max ?? LIMITS.inputValue), {
    error: 'must be less than or equal to `max_length`',
    path: ['min_length'],
  })

const DECIMAL = /^-?\d+(?:\.\d+)?$/
const WHOLE = /^-?\d+$/

const decimal = z.string().max(LIMITS.inputValue).regex(DECIMAL, { error: 'must be a number' })

const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    action_id: actionId,
    is_decimal_allowed: z.boolean(),
    initial_value: decimal.optional(),
    min_value: decimal.optional(),
    max_value: decimal.optional(),
    placeholder: plainText(LIMITS.placeholder).optional(),
    focus_on_load: focusOnLoad,
    dispatch_action_config: dispatchActionConfig,
  })
  .superRefine((input, context) => {
    const refuse = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message })
    const { min_value: min, max_value: max, initial_value: initial } = input
    if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
      refuse('min_value', 'must be less than or equal to `max_value`')
    }
    if (initial !== undefined && numberTrouble(input, initial)) {
      refuse('initial_value', 'must be a number that the input accepts')
    }
  })

/** What a person is told about a number that the input does not take. */
export function numberTrouble(
  input: {
    readonly is_decimal_allowed?: unknown
    readonly min_value?: unknown
    readonly max_value?: unknown
  },
  entered: string,
): string | undefined {
  if (!DECIMAL.test(entered)) return 'Enter a number'
  if (input.is_decimal_allowed !== true && !WHOLE.test(entered)) return 'Enter a whole number'
  const value = Number(entered)
  if (input.min_value !== undefined && value < Number(input.min_value)) {
    return `Enter a number that is ${String(input.min_value)} or more`
  }
  if (input.max_value !== undefined && value > Number(input.max_value)) {
    return `Enter a number that is ${String(input.max_value)} or less`
  }
  return undefined
}

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id: actionId,
  initial_date: z.iso.date({ error: 'must be a date in the form YYYY-MM-DD' }).optional(),
  placeholder: plainText(LIMITS.placeholder).optional(),
  confirm: confirmation.optional(),
  focus_on_load: focusOnLoad,
})

/** What may stand in an `actions` block. */
export const actionElement = z.discriminatedUnion('type', [button, staticSelect, overflow])

/** What may stand beside a section's text. */
export const accessory = z.discriminatedUnion('type', [
  button,
  staticSelect,
  overflow,
  imageElement,
])

/** What may stand in an `input` block. */
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  datepicker,
  staticSelect,
])

/**
 * Elements that Slack has and this workspace does not model, or not everywhere (a `datepicker` stands
 * in `input` blocks alone): refused with a message that says so.
 */
export const UNMODELLED_TYPES: ReadonlySet<string> = new Set([
  ...['alert', 'card', 'carousel', 'container', 'context_actions', 'data_table', 'file'],
  ...['markdown', 'plan', 'table', 'task_card', 'video', 'channels_select', 'checkboxes'],
  ...['conversations_select', 'datepicker', 'datetimepicker', 'email_text_input'],
  ...['external_select', 'feedback_buttons', 'file_input', 'icon_button'],
  ...['multi_channels_select', 'multi_conversations_select', 'multi_external_select'],
  ...['multi_static_select', 'multi_users_select', 'radio_buttons', 'rich_text_input'],
  ...['timepicker', 'url_text_input', 'users_select', 'workflow_button'],
])
