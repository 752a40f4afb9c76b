import type { Page } from 'playwright'
import { withDeadline } from './deadline.ts'
import { READER_NAME } from './extractor.ts'
import type { Attached, PageReader, ReadHow, ReadOptions } from './page-reader.ts'

/** The reader's calls that go by the browser's number for an element. */
export function elementCalls(
  attached: (page: Page) => Promise<Attached>,
  expressionFor: (how: ReadHow) => string,
  defaultDeadlineMs: number,
): Pick<PageReader, 'backendNodeId' | 'isConnected' | 'select'> {
  const elementOf = async (page: Page, how: ReadHow, at: ReadOptions) => {
    const { worlds, session } = await attached(page)
    const handle = await worlds.evaluateHandle(
      at.frameId ?? worlds.mainFrameId(),
      expressionFor(how),
      at.deadlineMs ?? defaultDeadlineMs,
    )
    return { session, objectId: handle.objectId }
  }

  return {
    backendNodeId: async (page, how, at = {}) => {
      const { session, objectId } = await elementOf(page, how, at)
      if (objectId === undefined) return undefined
      const { node } = await withDeadline(
        session.send('DOM.describeNode', { objectId }),
        at.deadlineMs ?? defaultDeadlineMs,
        'describing the element',
      )
      void session.send('Runtime.releaseObject', { objectId }).catch(() => {})
      return node.backendNodeId
    },
    isConnected: async (page, backendNodeId, at = {}) => {
      const { session, worlds } = await attached(page)
      const deadlineMs = at.deadlineMs ?? defaultDeadlineMs
      const frameId = at.frameId ?? worlds.mainFrameId()
      const executionContextId = await worlds.contextId(frameId, deadlineMs)
      const asked = session.send('DOM.resolveNode', { backendNodeId, executionContextId }).then(
        ({ object }) =>
          session.send('Runtime.callFunctionOn', {
            functionDeclaration: 'function () { return this.isConnected }',
            objectId: object.objectId as string,
            returnByValue: true,
          }),
        (error: unknown) => {
          if (/no node/i.test(String(error))) return undefined
          throw error
        },
      )
      return (await withDeadline(asked, deadlineMs, 'looking for it'))?.result.value === true
    },
    select: async (page, backendNodeId, at = {}) => {
      const { session, worlds } = await attached(page)
      const deadlineMs = at.deadlineMs ?? defaultDeadlineMs
      const frameId = at.frameId ?? worlds.mainFrameId()
      const reader = await worlds.evaluateHandle(frameId, READER_NAME, deadlineMs)
      const executionContextId = await worlds.contextId(frameId, deadlineMs)
      const { object } = await withDeadline(
        session.send('DOM.resolveNode', { backendNodeId, executionContextId }),
        deadlineMs,
        'finding the element',
      )
      await withDeadline(
        session.send('Runtime.callFunctionOn', {
          functionDeclaration: 'function (element) { this.select(element) }',
          objectId: reader.objectId as string,
          arguments: [{ objectId: object.objectId as string }],
        }),
        deadlineMs,
        'choosing the element',
      )
    },
  }
}
