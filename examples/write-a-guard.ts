// A guard of one's own: a pure function from what the browser says to a finding, or to nothing. It needs
// no browser to be tried. Hand it to guardContext({ guards: [deletionGuard] }): it is added to the owner's.
import { type Attempt, defineGuard } from 'holdpoint/guard'

const DELETES = /\b(?:delete|erase|close (?:my |the )?account)\b/i

export const deletionGuard = defineGuard({
  name: 'deletion',
  inspect(attempt) {
    const { page, request } = attempt
    // A label is the site's own word; the request is what really leaves. Either is enough to hold.
    const byLabel = attempt.via === 'call' && DELETES.test(page?.target?.name ?? '')
    const byRequest = request?.method === 'DELETE'
    if (!byLabel && !byRequest) return undefined
    const recipient = page === undefined ? undefined : new URL(page.origin).host
    return {
      kind: 'deletion',
      risk: 'high',
      confidence: 0.8,
      terms: { v: 1, ...(recipient === undefined ? {} : { recipient }) },
      why: byRequest
        ? 'The request deletes something'
        : `"${page?.target?.name}" deletes something`,
    }
  },
})

function sending(method: string): Attempt {
  return {
    via: 'request',
    method: 'request',
    cause: 'agent',
    session: { agent: 'tidy-up', session: 's-1' },
    request: {
      method,
      url: 'https://billing.example/invoices/37',
      resourceType: 'fetch',
      body: 'none',
      query: [],
      fields: [],
      sameSite: true,
    },
  }
}

console.log(deletionGuard.inspect(sending('DELETE'))?.why) // The request deletes something
console.log(deletionGuard.inspect(sending('GET'))) // undefined: it passes
