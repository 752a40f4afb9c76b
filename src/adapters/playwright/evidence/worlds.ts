import type { CDPSession } from 'playwright'
import { PageUnreadable, withDeadline } from './deadline.ts'

/** Keeps track of one page's frames and of the context that our isolated world has in each. */
export interface Worlds {
  readonly mainFrameId: () => string
  readonly frameIds: () => readonly string[]
  readonly frameOf: (contextId: number) => string | undefined
  /** The context of our world in the frame, for calls that take a plain context id. */
  contextId(frameId: string, deadlineMs: number): Promise<number>
  /** Runs an expression in the frame's isolated world and gives back its value. */
  evaluate(frameId: string, expression: string, deadlineMs: number): Promise<unknown>
  /** The same, with a handle of the result: the caller releases it. */
  evaluateHandle(frameId: string, expression: string, deadlineMs: number): Promise<RemoteObject>
}

/** What CDP says of a value that stays in the page. */
export interface RemoteObject {
  readonly objectId?: string
  readonly subtype?: string
  readonly value?: unknown
}

interface World {
  readonly id: number
  readonly uniqueId: string
}
interface FrameTree {
  readonly frame: { readonly id: string }
  readonly childFrames?: readonly FrameTree[]
}

/** Puts `source` into an isolated world of every frame of the session's page, now and after each navigation. */
export async function followWorlds(
  session: CDPSession,
  options: { worldName: string; source: string; bindingName: string; deadlineMs: number },
): Promise<Worlds> {
  const worlds = new Map<string, World>()
  const frames = new Set<string>()
  let mainFrameId = ''
  const binding = { name: options.bindingName, executionContextName: options.worldName }
  const within = <T>(call: Promise<T>, what: string): Promise<T> =>
    withDeadline(call, options.deadlineMs, what)

  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { frameId?: string }
    if (frameId === undefined || context.name !== options.worldName) return
    worlds.set(frameId, { id: context.id, uniqueId: context.uniqueId })
    frames.add(frameId)
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
    // Not by the plain id: a page that moved to another process counts its contexts from the start again.
    for (const [frameId, world] of worlds) {
      if (world.uniqueId === executionContextUniqueId) worlds.delete(frameId)
    }
  })
  session.on('Runtime.executionContextsCleared', () => worlds.clear())
  session.on('Page.frameAttached', ({ frameId }) => frames.add(frameId))
  session.on('Page.frameNavigated', ({ frame }) => {
    // A change of process may give the main frame another id.
    if (frame.parentId === undefined && frame.id !== mainFrameId) {
      frames.delete(mainFrameId)
      worlds.delete(mainFrameId)
      mainFrameId = frame.id
    }
    frames.add(frame.id)
  })
  session.on('Page.frameDetached', ({ frameId, reason }) => {
    // A frame that moves to another process is "swapped": it lives on under the same id.
    if (reason === 'remove') frames.delete(frameId)
    worlds.delete(frameId)
  })

  const { frameTree } = await within(session.send('Page.getFrameTree'), 'frame tree')
  mainFrameId = frameTree.frame.id
  const add = (tree: FrameTree): void => {
    frames.add(tree.frame.id)
    for (const child of tree.childFrames ?? []) add(child)
  }
  add(frameTree)
  await within(
    Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.addBinding', binding),
      session.send('Runtime.enable'),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: options.source,
        worldName: options.worldName,
        runImmediately: true,
      }),
    ]),
    'installing the page reader',
  )

  /** A frame without our world (its script has not run yet) gets one made on demand. */
  const worldOf = async (frameId: string, deadlineMs: number): Promise<World> => {
    const known = worlds.get(frameId)
    if (known !== undefined) return known
    const { executionContextId } = await withDeadline(
      session.send('Page.createIsolatedWorld', {
        frameId,
        worldName: options.worldName,
        grantUniveralAccess: true,
      }),
      deadlineMs,
      'isolated world',
    )
    await withDeadline(
      session.send('Runtime.evaluate', {
        expression: options.source,
        contextId: executionContextId,
      }),
      deadlineMs,
      'page reader',
    )
    if (!worlds.has(frameId)) {
      // The world was there already and its creation is not told again, unless asked from the start.
      await withDeadline(session.send('Runtime.disable'), deadlineMs, 'contexts')
      await withDeadline(session.send('Runtime.enable'), deadlineMs, 'contexts')
      // Disabling forgot the binding: the next document would tell nothing.
      await withDeadline(session.send('Runtime.addBinding', binding), deadlineMs, 'binding')
    }
    const made = worlds.get(frameId)
    if (made === undefined) throw new PageUnreadable('the frame is gone')
    return made
  }

  const run = async (
    frameId: string,
    expression: string,
    byValue: boolean,
    deadlineMs: number,
  ): Promise<RemoteObject> => {
    const end = performance.now() + deadlineMs
    for (let attempt = 1; ; attempt += 1) {
      const left = end - performance.now()
      const world = await worldOf(frameId, left)
      try {
        const { result, exceptionDetails } = await withDeadline(
          session.send('Runtime.evaluate', {
            expression,
            // Not the plain id: after a change of process it could be another page's context.
            uniqueContextId: world.uniqueId,
            returnByValue: byValue,
            // Ends our own script on a page that is too large; does nothing for a page that hangs.
            timeout: Math.max(50, left),
          }),
          end - performance.now(),
          'reading the page',
        )
        if (exceptionDetails === undefined) return result
        throw new PageUnreadable(
          `the page reader failed: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`,
        )
      } catch (error) {
        // The document changed between looking up its world and asking it: the new one is asked once.
        if (attempt > 1 || error instanceof PageUnreadable) throw error
        // The new document's world may have been told already: only the one that failed is forgotten.
        if (worlds.get(frameId) === world) worlds.delete(frameId)
      }
    }
  }

  return {
    mainFrameId: () => mainFrameId,
    frameIds: () => [...frames],
    frameOf: (contextId) => [...worlds].find(([, world]) => world.id === contextId)?.[0],
    contextId: async (frameId, deadlineMs) => (await worldOf(frameId, deadlineMs)).id,
    evaluate: async (frameId, expression, deadlineMs) =>
      (await run(frameId, expression, true, deadlineMs)).value,
    evaluateHandle: (frameId, expression, deadlineMs) =>
      run(frameId, expression, false, deadlineMs),
  }
}
