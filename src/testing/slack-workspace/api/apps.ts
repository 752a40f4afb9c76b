import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { appMethod, type Method } from './method.ts'

export const appMethods: Readonly<Record<string, Method>> = {
  'apps.connections.open': appMethod(['connections:write'], z.object({}), (state) => {
    const ticket = randomBytes(16).toString('hex')
    state.tickets.add(ticket)
    const query = new URLSearchParams({ ticket, app_id: state.appId })
    // An app that has Socket Mode turned off gets an address too, and learns it on the socket.
    return { url: `${state.url.replace('http:', 'ws:')}/link/?${query}` }
  }),
}
