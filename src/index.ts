export type { GuardContextOptions, GuardedContext } from './adapters/playwright/guard-context.ts'
export type {
  BrowserLaunch,
  PlaywrightContext,
  PlaywrightPage,
} from './adapters/playwright/playwright-types.ts'
export type { RunActionOptions } from './adapters/playwright/run-action.ts'
export {
  defineChannel,
  defineConfig,
  type HoldpointConfig,
  type ReviewerConfig,
} from './compose/config.ts'
export { type CreateHoldpointOptions, createHoldpoint } from './compose/create-holdpoint.ts'
export { guardContext } from './compose/guard-context.ts'
export type { Holdpoint } from './compose/holdpoint.ts'
export { launchOptions } from './compose/launch-options.ts'
export { onVerdict } from './compose/on-verdict.ts'
export { awaitOutcome, runAction } from './compose/run-action.ts'
export type { ActionKind, Attempt } from './core/action.ts'
export { type ErrorCode, HoldpointError, isHoldpointError } from './core/errors.ts'
export { defineGuard, type Finding, type Guard } from './core/guard.ts'
export { defaultPolicy, definePolicy, type Policy, type PolicyInput } from './core/policy.ts'
export type { ApprovalRequest } from './core/request.ts'
export type { FieldChange, LineItem, Terms } from './core/terms.ts'
export type { FieldEdit, Outcome } from './holding/outcome.ts'
export type { Unsubscribe, VerdictHandler, VerdictReached } from './holding/tell-verdicts.ts'
export type { ChannelDefinition } from './ports/channel.ts'
export type { Clock } from './ports/clock.ts'
export type { Logger } from './ports/log.ts'
