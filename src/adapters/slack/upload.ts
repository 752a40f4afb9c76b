import type { WebClient } from '@slack/web-api'
import { channelError } from './client.ts'

const TIMEOUT_MS = 10_000

/** The file name's end for a picture that Slack can show; undefined for one that it cannot (WebP). */
export function pictureExtension(bytes: Uint8Array): 'jpg' | 'png' | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xd8) return 'jpg'
  return first === 0x89 && second === 0x50 ? 'png' : undefined
}

/**
 * Uploads a picture and gives its file id. Shared with nobody until a message shows it, and that works
 * only once Slack has scanned it.
 */
export async function upload(client: WebClient, bytes: Uint8Array, name: string): Promise<string> {
  const place = await client.files
    .getUploadURLExternal({ filename: name, length: bytes.byteLength })
    .catch((error: unknown) => {
      throw channelError('files.getUploadURLExternal', error)
    })
  const { upload_url: url, file_id: id } = place
  if (url === undefined || id === undefined) {
    throw new Error('files.getUploadURLExternal: no upload address')
  }
  // The address is a secret of its own and needs no token.
  const sent = await fetch(url, {
    method: 'POST',
    body: Buffer.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!sent.ok) throw new Error(`upload: HTTP ${sent.status}`)
  // Without a channel: naming one would post a message of its own.
  await client.files
    .completeUploadExternal({ files: [{ id, title: name }] })
    .catch((error: unknown) => {
      throw channelError('files.completeUploadExternal', error)
    })
  return id
}
