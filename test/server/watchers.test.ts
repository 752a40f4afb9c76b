import { expect, test } from 'vitest'
import { Watchers } from '../../server/watchers.ts'

const pending = Symbol('pending')
const soon = () => new Promise((resolve) => setTimeout(() => resolve(pending), 200))

test('nobody is waited for when no page is open on something that moves', async () => {
  const watchers = new Watchers()
  watchers.shown('HP-1', false)
  expect(await Promise.race([watchers.settled(), soon()])).toBeUndefined()
})

test('a page that shows an order being placed is waited for, until it has shown the end', async () => {
  const watchers = new Watchers()
  watchers.shown('HP-1', true)
  const settled = watchers.settled()
  expect(await Promise.race([settled, soon()])).toBe(pending)
  watchers.shown('HP-1', false)
  await settled
})

test('a browser that does not come again is given up, and nobody waits for ever', async () => {
  const watchers = new Watchers()
  watchers.shown('HP-1', true)
  await watchers.settled()
})
