/** What the channel's calls need (Slack's method reference); nothing that a person does not see it use. */
export const BOT_SCOPES = [
  'chat:write',
  'files:write',
  'channels:history',
  'groups:history',
  'users:read',
  'users:read.email',
] as const

/** How Slack brings clicks to this desk: over a socket, or by `POST` to an address of https. */
export interface ManifestOptions {
  /** `https://…/callbacks/slack`. Default: Socket Mode, which needs no address. */
  readonly requestUrl?: string
}

/** The manifest of a Slack app for Holdpoint, as Slack's "from a manifest" takes it. */
export function slackManifest({ requestUrl }: ManifestOptions = {}) {
  return {
    display_information: {
      name: 'Holdpoint',
      description: 'Approves risky actions of browser agents',
    },
    features: { bot_user: { display_name: 'Holdpoint', always_online: true } },
    oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      interactivity: {
        is_enabled: true,
        ...(requestUrl === undefined ? {} : { request_url: requestUrl }),
      },
      socket_mode_enabled: requestUrl === undefined,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  }
}
