export { signV0 } from './interactions/signature.ts'
export { MANIFEST_SCOPES } from './state.ts'
export type {
  ApiCall,
  ClickVariation,
  Delivery,
  DeliveryResult,
  DeliveryVariation,
  Fault,
  InteractionType,
  MessageMetadata,
  MessageVersion,
  OpenView,
  SlackUserIds,
  SlackWorkspace,
  SlackWorkspaceOptions,
  StoredEphemeral,
  StoredMessage,
  WireBlock,
} from './types.ts'
export { startSlackWorkspace } from './workspace.ts'
