import { inboxClient } from './client.ts'
import { formatSlackDate } from './dates.ts'
import { liveClient } from './live-client.ts'
import { menuClient } from './menu-client.ts'

/**
 * The page's script: the source text of functions that are type-checked here and refer to nothing
 * outside themselves, so that no build step is needed.
 */
export function inboxScript(): string {
  return [
    "'use strict'",
    `const live = (${liveClient.toString()})(${formatSlackDate.toString()})`,
    `const inbox = (${inboxClient.toString()})(live)`,
    `;(${menuClient.toString()})(inbox.use)`,
    '',
  ].join('\n')
}
