import { z } from 'zod'

/** Countries that the shop delivers to, by ISO code. */
export const COUNTRIES = { DE: 'Germany', AT: 'Austria', NL: 'Netherlands', FR: 'France' } as const

/** A field that the visitor must correct. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
}

const text = (message: string, maxChars = 100) =>
  z.string({ error: message }).trim().min(1, message).max(maxChars, 'This is too long.')

const cardNumber = text('Enter the card number.')
  .transform((value) => value.replace(/[\s-]/g, ''))
  .refine(
    (digits) => /^\d{13,19}$/.test(digits) && passesLuhn(digits),
    'This is not a card number. Check the digits.',
  )

const orderFormSchema = z.object({
  email: z.email({ error: 'Enter an e-mail address, such as name@example.com.' }),
  name: text('Enter the name of the person or company that receives the order.'),
  street: text('Enter street and house number.'),
  postalCode: text('Enter the postal code.').regex(
    /^[A-Z0-9 -]{4,8}$/i,
    'This is not a postal code.',
  ),
  city: text('Enter the city.'),
  country: z.enum(Object.keys(COUNTRIES) as (keyof typeof COUNTRIES)[], {
    error: 'Choose a country that we deliver to.',
  }),
  delivery: z.enum(['standard', 'collect'], { error: 'Choose how the order reaches you.' }),
  cardName: text('Enter the name on the card.'),
  cardNumber,
  cardExpiry: text('Enter the expiry date.').regex(
    /^(0[1-9]|1[0-2])\s*\/\s*(20)?\d{2}$/,
    'Enter the expiry date as MM/YY.',
  ),
  cardCvc: text('Enter the security code.').regex(
    /^\d{3,4}$/,
    'The security code has 3 or 4 digits.',
  ),
})

/** A checkout form that may be ordered from. The card number is digits only. */
export type OrderForm = z.infer<typeof orderFormSchema>

/** Checks what the visitor sent; every field has at most one problem. */
export function readOrderForm(
  input: unknown,
  now: Date,
):
  | { readonly form: OrderForm; readonly problems: readonly [] }
  | { readonly form?: never; readonly problems: readonly FieldProblem[] } {
  const parsed = orderFormSchema.safeParse(input)
  if (!parsed.success) {
    const byField = new Map<string, string>()
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0] ?? 'form')
      if (!byField.has(field)) byField.set(field, issue.message)
    }
    return { problems: [...byField].map(([field, message]) => ({ field, message })) }
  }
  if (hasExpired(parsed.data.cardExpiry, now)) {
    return { problems: [{ field: 'cardExpiry', message: 'This card has expired.' }] }
  }
  return { form: parsed.data, problems: [] }
}

function hasExpired(expiry: string, now: Date): boolean {
  const [month = '', year = ''] = expiry.split('/').map((part) => part.trim())
  // Cards are good until the last day of their month, so month N means "before the first of N + 1".
  return now >= new Date(2000 + (Number(year) % 100), Number(month), 1)
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
