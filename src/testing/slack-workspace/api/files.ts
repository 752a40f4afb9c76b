import { z } from 'zod'
import { LIMITS } from '../blocks/limits.ts'
import { fileObject } from '../files.ts'
import { changed, type FileRecord, nextId, nextTs, type WorkspaceState } from '../state.ts'
import { postingChannel } from './chat.ts'
import { storedText } from './message-object.ts'
import { type Method, method, SlackRefusal, unpackJson, whole } from './method.ts'

const completedFiles = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': method(
    ['files:write'],
    z.object({ filename: z.string().min(1), length: whole, alt_txt: z.string().optional() }),
    (state, args) => {
      if (args.length <= 0) throw new SlackRefusal('missing_argument')
      if ((args.alt_txt?.length ?? 0) > LIMITS.altTxt) throw new SlackRefusal('alt_txt_too_large')
      const id = nextId(state, 'F')
      const ticket = `CwABAAAA${crypto.randomUUID().replaceAll('-', '')}`
      state.files.set(id, {
        id,
        ticket,
        name: args.filename,
        title: args.filename,
        lengthBytes: args.length,
        createdMs: state.now(),
      })
      return { upload_url: `${state.url}/upload/v1/${ticket}`, file_id: id }
    },
  ),

  'files.completeUploadExternal': method(
    ['files:write'],
    z.object({
      files: z.preprocess(unpackJson, completedFiles),
      channel_id: z.string().optional(),
      initial_comment: z.string().optional(),
    }),
    (state, args) => {
      const files = args.files.map(({ id }) => uploaded(state, id))
      const channel = args.channel_id ? postingChannel(state, args.channel_id) : undefined
      for (const [index, file] of files.entries()) {
        file.title = args.files[index]?.title ?? file.name
        file.readyAtMs = state.now() + state.fileReadyDelayMs
      }
      if (channel) {
        state.messages.push({
          channel: channel.id,
          ts: nextTs(state),
          broadcast: false,
          user: state.botUser,
          byApp: true,
          text: storedText(args.initial_comment ?? ''),
          blocks: [],
          fileIds: files.map(({ id }) => id),
          unfurlLinks: false,
          unfurlMedia: true,
          versions: [],
          deleted: false,
        })
      }
      changed(state)
      // No message ts is returned, even when the files were shared.
      return { files: files.map((file) => fileObject(state, file)) }
    },
  ),

  'files.info': method(['files:read'], z.object({ file: z.string() }), (state, args) => {
    const file = state.files.get(args.file)
    if (file?.readyAtMs === undefined) throw new SlackRefusal('file_not_found')
    return { file: fileObject(state, file), comments: [], paging: { count: 0, page: 1 } }
  }),
}

/** An upload that can be completed: bytes have come, as many as were announced, and not yet done. */
function uploaded(state: WorkspaceState, id: string): FileRecord {
  const file = state.files.get(id)
  if (!file || file.readyAtMs !== undefined) throw new SlackRefusal('file_not_found')
  if (file.bytes?.length !== file.lengthBytes) throw new SlackRefusal('file_update_failed')
  return file
}
