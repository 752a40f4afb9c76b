import type { IncomingHttpHeaders } from 'node:http'
import { SlackRefusal } from './method.ts'

export interface ReadBody {
  readonly args: Readonly<Record<string, unknown>>
  /** The token in the Authorization header. */
  readonly bearer: string | undefined
  /** The token among the fields of a form. */
  readonly formToken: string | undefined
  /** Slack warns when a JSON body does not name its character set. */
  readonly warning: 'missing_charset' | undefined
}

/**
 * Reads the arguments of a call: query string, form, multipart or JSON. The token may stand in the
 * header, or in a form; not in a JSON body.
 */
export async function readBody(
  headers: IncomingHttpHeaders,
  query: Readonly<Record<string, unknown>>,
  body: unknown,
): Promise<ReadBody> {
  const type = headers['content-type'] ?? ''
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  const header = { bearer, formToken: undefined, warning: undefined }
  if (bytes.length === 0) return { ...header, args: query }
  if (type.startsWith('application/json')) {
    const { token: _ignored, ...args } = readJson(bytes)
    return {
      ...header,
      args: { ...query, ...args },
      warning: type.includes('charset') ? undefined : 'missing_charset',
    }
  }
  const { token, ...args } = await readFields(type, bytes)
  return {
    ...header,
    args: { ...query, ...args },
    formToken: typeof token === 'string' ? token : undefined,
  }
}

function readJson(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value }
    }
  } catch {
    // Said below, as for any body that is not an object.
  }
  throw new SlackRefusal('invalid_json')
}

async function readFields(type: string, bytes: Buffer): Promise<Record<string, unknown>> {
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await parseMultipart(type, bytes)
    return Object.fromEntries(form.entries())
  }
  throw new SlackRefusal('invalid_post_type')
}

/** Multipart by the platform's own reader. Refuses what it cannot read. */
export async function parseMultipart(type: string, bytes: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData()
  } catch {
    throw new SlackRefusal('invalid_multipart')
  }
}
