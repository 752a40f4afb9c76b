import type {
  Attempt,
  ElementReading,
  FieldReading,
  FormReading,
  PageSummary,
  RequestFacts,
} from 'holdpoint/guard'

export const ORIGIN = 'https://shop.example'
const SESSION = { agent: 'shopper', session: 's-1' }

export function field(over: Partial<FieldReading> & { name: string }): FieldReading {
  const value = over.value ?? ''
  return {
    label: '',
    type: 'text',
    autocomplete: '',
    secret: false,
    filled: value !== '' || over.last4 !== undefined,
    visible: over.type !== 'hidden',
    ...over,
    value,
  }
}

export function button(name: string, over: Partial<ElementReading> = {}): ElementReading {
  return {
    tag: 'button',
    type: 'submit',
    role: 'button',
    name,
    id: '',
    elementName: '',
    hint: '',
    disabled: false,
    ...over,
  }
}

export function link(name: string, href: string): ElementReading {
  return button(name, { tag: 'a', type: '', role: 'link', href: new URL(href, ORIGIN).href })
}

export function form(
  action: string,
  fields: readonly FieldReading[],
  over: Partial<FormReading> = {},
): FormReading {
  return {
    action: new URL(action, ORIGIN).href,
    method: 'post',
    enctype: '',
    name: '',
    id: '',
    target: '',
    fields: [...fields],
    ...over,
  }
}

export function page(over: Partial<PageSummary> = {}): PageSummary {
  return {
    v: 1,
    origin: ORIGIN,
    path: '/',
    title: '',
    lang: 'en',
    headings: [],
    otherFields: [],
    items: [],
    notes: [],
    recurring: false,
    frames: [],
    truncated: false,
    opaque: [],
    ...over,
  }
}

export function payable(amountMinor: number, currency = 'EUR'): PageSummary['payable'] & object {
  return { total: { amountMinor, currency }, places: 1, disagreeing: [], ambiguous: false }
}

export function call(
  summary: PageSummary | undefined,
  method: 'click' | 'press' | 'submit' = 'click',
): Attempt {
  return {
    via: 'call',
    method,
    cause: 'agent',
    session: SESSION,
    ...(summary === undefined ? {} : { page: summary }),
  }
}

export function request(
  line: string,
  over: Partial<RequestFacts> & { body?: RequestFacts['body'] } = {},
): RequestFacts {
  const [method = 'POST', address = '/'] = line.split(' ')
  const url = new URL(address, ORIGIN)
  return {
    method,
    url: url.href,
    resourceType: 'fetch',
    body: over.fields === undefined ? 'none' : 'json',
    query: [...url.searchParams].map(([name, value]) => ({ name, value })),
    fields: [],
    sameSite: true,
    ...over,
  }
}

export function sent(
  facts: RequestFacts,
  summary?: PageSummary,
  cause: 'agent' | 'page' = 'agent',
): Attempt {
  return {
    via: 'request',
    method: 'request',
    cause,
    session: SESSION,
    request: facts,
    ...(summary === undefined ? {} : { page: summary }),
  }
}

export function body(values: Record<string, string>): { fields: RequestFacts['fields'] } {
  return { fields: Object.entries(values).map(([name, value]) => ({ name, value })) }
}

const CARD = [
  field({
    name: 'cardnumber',
    label: 'Card number',
    autocomplete: 'cc-number',
    secret: true,
    last4: '4242',
  }),
  field({ name: 'cvc', label: 'CVC', autocomplete: 'cc-csc', secret: true, filled: true }),
]

/** The last page of a checkout: a total, a card, one item, an address. */
export function lastPage(label: string, over: Partial<PageSummary> = {}): PageSummary {
  return page({
    path: '/checkout/payment',
    title: 'Checkout',
    headings: ['Payment'],
    payable: payable(18_240),
    items: [{ name: 'Printer paper A4', quantity: 2, totalMinor: 17_000 }],
    target: button(label),
    form: form('/checkout/finish-it', [
      ...CARD,
      field({ name: 'email', label: 'E-mail', value: 'ada@example.com' }),
      field({ name: '_token', type: 'hidden', value: 'n0nce' }),
    ]),
    ...over,
  })
}

/** A cart: a total, an item, a coupon field; nothing to pay with. */
export function cartPage(target: ElementReading, over: Partial<PageSummary> = {}): PageSummary {
  return page({
    path: '/cart',
    title: 'Shopping cart',
    headings: ['Your cart'],
    payable: payable(18_240),
    items: [{ name: 'Printer paper A4', quantity: 2, totalMinor: 17_000 }],
    target,
    ...over,
  })
}
