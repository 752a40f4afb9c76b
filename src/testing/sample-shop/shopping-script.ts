import type { ScriptStep } from '../agent/scripted-brain.ts'

/** What a scripted agent does to buy two boxes of printer paper in the sample shop. */
export const SHOPPING_SCRIPT: readonly ScriptStep[] = [
  { find: /search products/i, do: { tool: 'type', text: 'printer paper', submit: true } },
  { find: /^printer paper a4/i, tag: 'a', do: { tool: 'click' } },
  { find: /^quantity$/i, do: { tool: 'type', text: '2' } },
  { find: /^add to cart$/i, tag: 'button', do: { tool: 'click' } },
  { find: /checkout/i, tag: 'a', do: { tool: 'click' } },
  { find: /e-mail/i, do: { tool: 'type', text: 'office@example.com' } },
  { find: /recipient/i, do: { tool: 'type', text: 'Office Berlin' } },
  { find: /street/i, do: { tool: 'type', text: 'Torstr. 1' } },
  { find: /postal/i, do: { tool: 'type', text: '10119' } },
  { find: /^city/i, do: { tool: 'type', text: 'Berlin' } },
  { find: /name on card/i, do: { tool: 'type', text: 'Ada Lovelace' } },
  { find: /card number/i, do: { tool: 'type', text: '4242 4242 4242 4242' } },
  { find: /expiry/i, do: { tool: 'type', text: '12/34' } },
  { find: /security code/i, do: { tool: 'type', text: '123' } },
  { find: /^place order$/i, tag: 'button', do: { tool: 'click' }, says: 'cheapest in stock' },
]
