export {
  type AgentRun,
  type AgentStep,
  type Brain,
  type Decision,
  runAgent,
} from './agent/agent.ts'
export type { IndexedElement, Observation } from './agent/observation.ts'
export { openaiBrain } from './agent/openai-brain.ts'
export { type ScriptStep, scriptedBrain } from './agent/scripted-brain.ts'
export { LOCAL_PEOPLE, type LocalInboxOptions, localInbox } from './local-inbox.ts'
export * from './sample-shop/index.ts'
export { SHOPPING_SCRIPT } from './sample-shop/shopping-script.ts'
export { type ScriptedReviewer, scriptedReviewer } from './scripted-reviewer.ts'
export * from './slack-workspace/index.ts'
