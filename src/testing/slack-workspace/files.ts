import type { FileRecord, WorkspaceState } from './state.ts'

export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif'

export interface ImageFacts {
  readonly type: ImageType
  readonly widthPx: number
  readonly heightPx: number
}

/** Reads type and size from an image's first bytes. Slack shows only PNG, JPEG and GIF (no WebP). */
export function imageFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length > 24 && bytes.subarray(0, 8).equals(PNG_MAGIC)) {
    return { type: 'image/png', widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) }
  }
  if (bytes.length > 10 && bytes.toString('latin1', 0, 4) === 'GIF8') {
    return { type: 'image/gif', widthPx: bytes.readUInt16LE(6), heightPx: bytes.readUInt16LE(8) }
  }
  return jpegFacts(bytes)
}

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function jpegFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    // SOF0…SOF15 carry the size; C4, C8 and CC share the range and do not.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return {
        type: 'image/jpeg',
        heightPx: bytes.readUInt16BE(at + 5),
        widthPx: bytes.readUInt16BE(at + 7),
      }
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** Whether the scan of an uploaded file is over. */
export function isReady(state: WorkspaceState, file: FileRecord): boolean {
  return file.readyAtMs !== undefined && state.now() >= file.readyAtMs
}

export function privateUrl(state: WorkspaceState, file: FileRecord): string {
  return `${state.url}/files-pri/${state.teamId}-${file.id}/${encodeURIComponent(file.name)}`
}

export function findFile(
  state: WorkspaceState,
  reference: { readonly id?: string | undefined; readonly url?: string | undefined },
): FileRecord | undefined {
  if (reference.id !== undefined) return state.files.get(reference.id)
  return [...state.files.values()].find((file) => privateUrl(state, file) === reference.url)
}

/** Whether an image block may show the file: it exists, is completed, scanned, and an image. */
export function isUsableImage(
  state: WorkspaceState,
  reference: { readonly id?: string | undefined; readonly url?: string | undefined },
): boolean {
  const file = findFile(state, reference)
  return file?.bytes !== undefined && isReady(state, file) && imageFacts(file.bytes) !== undefined
}

/** The file object of `files.info`. `mimetype` and sizes stay empty until the scan is over. */
export function fileObject(state: WorkspaceState, file: FileRecord): Record<string, unknown> {
  const ready = isReady(state, file)
  const facts = ready && file.bytes ? imageFacts(file.bytes) : undefined
  const created = Math.floor(file.createdMs / 1000)
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: ready ? (facts?.type ?? 'application/octet-stream') : '',
    filetype: ready ? (facts?.type.slice('image/'.length) ?? 'binary') : '',
    pretty_type: '',
    user: state.botUser,
    user_team: state.teamId,
    editable: false,
    size: file.bytes?.length ?? 0,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    public_url_shared: false,
    url_private: privateUrl(state, file),
    url_private_download: `${privateUrl(state, file)}?download=1`,
    permalink: `${state.url}/files/${state.botUser}/${file.id}/${encodeURIComponent(file.name)}`,
    has_rich_preview: false,
    file_access: 'visible',
    ...(facts ? { original_w: facts.widthPx, original_h: facts.heightPx } : {}),
  }
}
