export {
  type DecideInput,
  type DecideResult,
  decide as recordDecision,
} from '../src/deciding/decide.ts'
export { type HoldpointServerOptions, holdpointServer } from './plugin.ts'
