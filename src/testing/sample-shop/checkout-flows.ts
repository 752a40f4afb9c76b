import { CHECKOUT_FLOWS, type CheckoutFlow } from './types.ts'

/** How a flow's page is built; the order logic behind it is the same for all. */
export interface FlowShape {
  readonly flow: CheckoutFlow
  /** Address of the checkout page. */
  readonly path: string
  /** Address that buys. */
  readonly orderPath: string
  /** What starts it: a submit button, a link, or nothing but Enter. */
  readonly trigger: 'button' | 'link' | 'enter'
  /** Where the link leads, if not to `orderPath` itself. */
  readonly linkPath?: string
  /** Name of the page script in `/assets/`. */
  readonly script?: string
  readonly newTab?: boolean
  /** Whether the button repeats the amount: "Place order · 182.40 EUR". */
  readonly amountOnButton?: boolean
}

/** The shape of a flow. */
export function flowShape(flow: CheckoutFlow): FlowShape {
  // An address with "submit" beside "checkout" would say that it orders, and this page only shows.
  const name = flow === 'double-submit-guard' ? 'once-only' : flow
  const path = flow === 'form' ? '/checkout' : `/checkout/${name}`
  const base = { flow, path, orderPath: `${path}/order`, trigger: 'button' } as const
  switch (flow) {
    case 'form':
      return base
    case 'popup':
      return { ...base, newTab: true }
    case 'fetch':
    case 'validated':
      return { ...base, script: `${flow}.js`, amountOnButton: true }
    case 'double-submit-guard':
    case 'confirm':
      return { ...base, script: `${flow}.js` }
    case 'link':
      return { ...base, trigger: 'link' }
    case 'redirect':
      return { ...base, trigger: 'link', linkPath: `${path}/continue` }
    case 'enter-only':
      return { ...base, trigger: 'enter', script: 'enter-only.js' }
  }
}

/** All shapes, in the order of `CHECKOUT_FLOWS`. */
export const FLOW_SHAPES: readonly FlowShape[] = CHECKOUT_FLOWS.map(flowShape)
