import { type GuardedContext, type Outcome, type PlaywrightPage, runAction } from 'holdpoint'
import type { ElementHandle, Page } from 'playwright'
import type { Observation } from './observation.ts'
import { type Look, look } from './observe.ts'

/** What the brain wants done next. `index` is an element's number in the observation it was given. */
export type Decision = { readonly says?: string } & (
  | { readonly tool: 'click'; readonly index: number }
  | {
      readonly tool: 'type'
      readonly index: number
      readonly text: string
      readonly submit?: boolean
    }
  | { readonly tool: 'select'; readonly index: number; readonly option: string }
  | { readonly tool: 'wait_for_approval'; readonly requestId: string }
  | { readonly tool: 'done'; readonly report: string }
)

/** Decides from what it sees and what its last action came to. */
export interface Brain {
  readonly name: string
  next(task: string, observation: Observation, lastResult: string): Promise<Decision>
}

/** One decision of the brain, and what it was told came of it. */
export interface AgentStep {
  readonly decision: Decision
  readonly result: string
  readonly outcome?: Outcome<unknown>
}

/** How a run of the agent ended: its own report, and what it did. */
export interface AgentRun {
  readonly report: string
  readonly steps: readonly AgentStep[]
}

const MAX_STEPS = 40

/** An act that a person has been asked about. */
interface Asked {
  readonly act: () => Promise<unknown>
  readonly requestId: string
}

/**
 * A small agent in the manner of browser-use: observe, decide, act, over a numbered list of elements.
 * Its tools act through `runAction` and hand `forModel` to the brain, so a hold is something the brain
 * can reason about and never an exception.
 */
export async function runAgent(options: {
  readonly guarded: GuardedContext
  readonly page: PlaywrightPage
  readonly task: string
  readonly brain: Brain
  /** Hears of each decision before it is carried out, and of each step after. */
  readonly onDecision?: (decision: Decision, observation: Observation) => void
  readonly onStep?: (step: AgentStep) => void
}): Promise<AgentRun> {
  const { guarded, page, task, brain } = options
  const steps: AgentStep[] = []
  let last = ''
  let asked: Asked | undefined
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const seen = await look(page as Page)
    const decision = await brain.next(task, seen.observation, last)
    options.onDecision?.(decision, seen.observation)
    if (decision.tool === 'done') return { report: decision.report, steps }
    const act =
      decision.tool === 'wait_for_approval' ? waitFor(decision, asked) : actionOf(decision, seen)
    const step = await perform(guarded, decision, act)
    const question = questionOf(step.outcome)
    if (act !== undefined && question !== undefined) asked = { act, requestId: question }
    // It has ended: waiting for it once more would do it once more.
    else if (act === asked?.act) asked = undefined
    steps.push(step)
    options.onStep?.(step)
    last = step.result
  }
  return { report: 'I stopped: too many steps.', steps }
}

async function perform(
  guarded: GuardedContext,
  decision: Decision,
  act: (() => Promise<unknown>) | undefined,
): Promise<AgentStep> {
  if (act === undefined) return { decision, result: nothingTo(decision) }
  try {
    const says = decision.says === undefined ? {} : { says: decision.says }
    const outcome = await runAction(guarded, says, act)
    return { decision, outcome, result: outcome.forModel === '' ? 'Done.' : outcome.forModel }
  } catch (error) {
    return {
      decision,
      result: `That failed: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'}`,
    }
  }
}

/** The same act again: it joins the question that stands, and is not a second one. */
function waitFor(
  decision: Extract<Decision, { readonly tool: 'wait_for_approval' }>,
  asked: Asked | undefined,
): (() => Promise<unknown>) | undefined {
  return asked?.requestId === decision.requestId ? asked.act : undefined
}

function questionOf(outcome: Outcome<unknown> | undefined): string | undefined {
  if (outcome?.status === 'held') return outcome.request.id
  return outcome?.status === 'drifted' ? outcome.newRequest?.id : undefined
}

function nothingTo(decision: Decision): string {
  return decision.tool === 'wait_for_approval'
    ? 'There is no such question to wait for. Look at the page.'
    : 'There is no such element. Look at the list again.'
}

function actionOf(decision: Decision, seen: Look): (() => Promise<unknown>) | undefined {
  if (decision.tool === 'done' || decision.tool === 'wait_for_approval') return undefined
  // A brain may be anybody's: "length" is a member of every list.
  const handle: ElementHandle<Element> | undefined = Number.isInteger(decision.index)
    ? seen.handles[decision.index]
    : undefined
  if (handle === undefined) return undefined
  switch (decision.tool) {
    case 'click':
      return () => handle.click()
    case 'type':
      return async () => {
        await handle.fill(decision.text)
        if (decision.submit === true) await handle.press('Enter')
      }
    case 'select':
      return () => handle.selectOption({ label: decision.option })
  }
}
