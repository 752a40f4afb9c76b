const csrf = document.querySelector('meta[name="csrf-token"]').content
const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf }

export function usd(minor) {
  return (minor / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

/** A beacon for the analytics pipeline; nobody waits for it. */
export function track(event, properties = {}) {
  const at = Math.round(performance.now())
  navigator.sendBeacon(
    '/t/collect',
    JSON.stringify({ event, at, path: location.pathname, ...properties }),
  )
}

export async function rest(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? { 'x-csrf-token': csrf } : headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

export async function graphql(operationName, query, variables = {}) {
  const { data, errors } = await rest('POST', '/graphql', { operationName, query, variables })
  if (errors) throw new Error(errors[0].message)
  return Object.values(data)[0]
}

/** The address service's own script still uses XMLHttpRequest. */
export function verifyAddress(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/svc/address/verify')
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.onload = () => resolve(request.response)
    request.onerror = () => reject(new Error('We could not check your address.'))
    request.send(JSON.stringify(address))
  })
}

const BAG_FIELDS = `{ id count lines { sku name quantity priceMinor } promo delivery draft
  subtotalMinor discountMinor shippingMinor taxMinor totalMinor }`

export const fetchBag = () => graphql('Bag', `query Bag { bag ${BAG_FIELDS} }`)

export const addToBag = (sku) =>
  graphql(
    'AddToBag',
    `mutation AddToBag($sku: ID!, $quantity: Int!) { bagLinesAdd(sku: $sku, quantity: $quantity) ${BAG_FIELDS} }`,
    { sku, quantity: 1 },
  )

export const applyPromo = (code) =>
  graphql(
    'ApplyPromo',
    `mutation ApplyPromo($code: String!) { bagPromoApply(code: $code) ${BAG_FIELDS} }`,
    { code },
  )

export const setDelivery = (method) =>
  graphql(
    'SetDelivery',
    `mutation SetDelivery($method: DeliveryMethod!) { checkoutDeliverySet(method: $method) ${BAG_FIELDS} }`,
    { method },
  )

export const saveDraft = (input) =>
  graphql(
    'SaveDraft',
    'mutation SaveDraft($input: CheckoutDraftInput!) { checkoutDraftUpdate(input: $input) { id savedAt } }',
    { input },
  )

export const completeCheckout = (input) =>
  graphql(
    'CompleteCheckout',
    'mutation CompleteCheckout($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { number } }',
    { input },
  )

export const clearBag = () => graphql('ClearBag', `mutation ClearBag { bagClear ${BAG_FIELDS} }`)
