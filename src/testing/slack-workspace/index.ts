export type {
  ClickVariation,
  Delivery,
  DeliveryHold,
  DeliveryResult,
  DeliveryVariation,
  InteractionType,
  SocketRefresh,
} from './deliveries.ts'
export type { SlackEnterprise, SlackUserIds, SlackWorkspace } from './handle.ts'
export { signV0 } from './interactions/signature.ts'
export type { SlackWorkspaceOptions } from './options.ts'
export { MANIFEST_SCOPES } from './state.ts'
export type {
  ApiCall,
  Fault,
  MessageMetadata,
  MessageVersion,
  OpenView,
  StoredEphemeral,
  StoredMessage,
  WireBlock,
} from './types.ts'
export { startSlackWorkspace } from './workspace.ts'
