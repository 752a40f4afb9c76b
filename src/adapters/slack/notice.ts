import { nameOf } from '../../core/names.ts'
import type { ApprovalRequest } from '../../core/request.ts'
import type { Notice } from '../../ports/channel.ts'
import { noticeText } from './fallback-text.ts'
import type { Content } from './post.ts'
import { markdown, mrkdwn, timeToken } from './text.ts'
import { type MessageView, slackIdOf } from './view.ts'

/** Slack rings for a few; a list that fills the screen hides the question. */
const MAX_MENTIONS = 20

/** What is said once in the thread, with the people whose phones are to ring. */
export function noticeContent(notice: Notice, view: MessageView): Content {
  const { request, revision, url } = view
  const title = mrkdwn(request.title, 120)
  const until = timeToken(request.expiresAt, request.openedAt)
  const line = [...mentions(notice, view), `${saying(notice, request)}: ${title}`].join(' ')
  return {
    text: noticeText(view),
    blocks: [
      {
        type: 'section',
        block_id: `${notice.kind}.${request.id}.${revision}`,
        text: markdown(`${line} · answer by ${until} · <${url}|Open>`),
      },
    ],
  }
}

function saying({ kind }: Notice, { id, decisions, policy }: ApprovalRequest): string {
  if (kind === 'reminder') return `${id} still waits`
  if (kind === 'last-call') return `last call for ${id}`
  return decisions.length === 0
    ? `nobody has answered ${id} yet`
    : `${id} has ${decisions.length} of ${policy.quorum} approvals`
}

/** A reviewer who is not in Slack is named. */
function mentions({ reviewers }: Notice, { identities, names }: MessageView): readonly string[] {
  return reviewers.slice(0, MAX_MENTIONS).map((reviewer) => {
    const identity = slackIdOf(identities, reviewer)
    return identity === undefined ? mrkdwn(nameOf(names, reviewer), 60) : `<@${identity}>`
  })
}
