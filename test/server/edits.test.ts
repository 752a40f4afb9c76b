import { expect, test } from 'vitest'
import { answer, draft } from '../support/desk.ts'
import { useStore } from '../support/store.ts'
import { openServer } from './kit.ts'

const context = useStore()

test('the page says what a reviewer changed, in words that are never markup', async () => {
  const server = await openServer(context, { policy: { allowEdits: true } })
  const label = 'Note <b>'
  const editable = [{ type: 'text' as const, name: 'note', label, value: '', maxLength: 30 }]
  const request = await server.ask({ evidence: { ...draft().evidence, editable } })
  await answer(server.desk, request, 'grace', 'approve', { values: { note: '<i>Ring</i>' } })
  const { body } = await server.get(`/requests/${request.id}`, await server.signedIn('grace'))
  expect(body).toContain('with changes: Note &lt;b> (empty) → &lt;i>Ring&lt;/i>')
})

test('the form of the page changes nothing, whatever is sent beside it', async () => {
  const server = await openServer(context, { policy: { allowEdits: true } })
  const editable = [{ type: 'text' as const, name: 'note', label: 'Note', value: '', maxLength: 9 }]
  const request = await server.ask({ evidence: { ...draft().evidence, editable } })
  const grace = await server.signedIn('grace')
  const form = await server.formOf(request, grace)
  const beside = {
    answer: 'approve',
    note: 'Ring',
    values: '{"note":"Ring"}',
    'values[note]': 'Ring',
  }
  await server.post(`/requests/${request.id}/decision`, { ...form, ...beside }, grace)
  const stored = await context.store.read(request.id)
  expect(stored?.state).toBe('approved')
  expect(stored?.decisions[0]).not.toHaveProperty('values')
})
