import type { Brain, Decision } from './agent.ts'
import type { IndexedElement, Observation } from './observation.ts'

/** One thing to do once its element is on the page. */
export interface ScriptStep {
  /** Words of the element's name. */
  readonly find: RegExp
  readonly do:
    | { readonly tool: 'click' }
    | { readonly tool: 'type'; readonly text: string; readonly submit?: boolean }
    | { readonly tool: 'select'; readonly option: string }
  /** Narrows by element: `button`, `a`, `input`, `select`. */
  readonly tag?: string
  /** What the agent says of it, for the reviewer. */
  readonly says?: string
}

/** A brain that follows a script, so that a demo needs no model. It stops at the first "no". */
export function scriptedBrain(steps: readonly ScriptStep[]): Brain {
  let at = 0
  return {
    name: 'scripted',
    async next(_task, observation, lastResult): Promise<Decision> {
      if (isRefusal(lastResult)) return { tool: 'done', report: `I stopped. ${lastResult}` }
      const step = steps[at]
      if (step === undefined)
        return { tool: 'done', report: lastResult === '' ? 'Done.' : lastResult }
      const element = observation.elements.find((candidate) => fits(step, candidate))
      if (element === undefined) {
        return {
          tool: 'done',
          report: `I stopped: I cannot find ${String(step.find)} on ${where(observation)}.`,
        }
      }
      at += 1
      return {
        ...step.do,
        index: element.index,
        ...(step.says === undefined ? {} : { says: step.says }),
      }
    },
  }
}

function fits(step: ScriptStep, element: IndexedElement): boolean {
  return step.find.test(element.name) && (step.tag === undefined || step.tag === element.tag)
}

/** Anything that was not done: the script has no other plan, so it reports and stops. */
function isRefusal(result: string): boolean {
  return /^(?:REJECTED|REFUSED|EXPIRED|WITHDRAWN|LAPSED|FAILED|IN DOUBT|FORBIDDEN|FROZEN|HELD|That failed|There is no such)/.test(
    result,
  )
}

function where(observation: Observation): string {
  return `"${observation.title}" (${observation.url})`
}
