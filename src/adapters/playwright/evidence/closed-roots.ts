import type { CDPSession } from 'playwright'
import type { Rect } from '../../../core/reading.ts'
import { withDeadline } from './deadline.ts'

interface DomNode {
  readonly backendNodeId: number
  readonly shadowRootType?: string
  readonly children?: readonly DomNode[]
  readonly shadowRoots?: readonly DomNode[]
  readonly contentDocument?: DomNode
}

/**
 * Boxes of the elements with a closed shadow root: only the debugger sees those. Walks the whole tree
 * (8 ms on a checkout, seconds on a huge page), so it is asked only when an element is suspected.
 */
export async function closedRootBoxes(
  session: CDPSession,
  deadlineMs: number,
): Promise<readonly Rect[]> {
  const end = performance.now() + deadlineMs
  const within = <T>(call: Promise<T>): Promise<T> =>
    withDeadline(call, end - performance.now(), 'looking for closed shadow roots')
  try {
    const { root } = await within(session.send('DOM.getDocument', { depth: -1, pierce: true }))
    const hosts = closedHosts(root)
    const boxes = await Promise.all(
      hosts.map(async ({ backendNodeId }) => {
        // An element that is not rendered has no box and shows nothing.
        const found = await within(session.send('DOM.getBoxModel', { backendNodeId })).catch(
          (error) => {
            if (performance.now() >= end) throw error
            return undefined
          },
        )
        return found === undefined ? [] : [boundsOf(found.model.border)]
      }),
    )
    return boxes.flat()
  } finally {
    // While it is on, every change of the page's DOM is sent here.
    session.send('DOM.disable').catch(() => {})
  }
}

function closedHosts(root: DomNode): readonly DomNode[] {
  const found: DomNode[] = []
  const stack: DomNode[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.shadowRoots?.some((inner) => inner.shadowRootType === 'closed')) found.push(node)
    stack.push(...(node.children ?? []), ...(node.shadowRoots ?? []))
    if (node.contentDocument !== undefined) stack.push(node.contentDocument)
  }
  return found
}

function boundsOf(quad: readonly number[]): Rect {
  const xs = quad.filter((_, index) => index % 2 === 0)
  const ys = quad.filter((_, index) => index % 2 === 1)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
