/** What the channel's calls need (Slack's method reference); nothing that a person does not see it use. */
export const BOT_SCOPES = [
  'chat:write',
  'files:write',
  'channels:history',
  'groups:history',
  'users:read',
  'users:read.email',
] as const

/** How Slack reaches this desk: by `POST` to an address of https, or not at all. */
export interface ManifestOptions {
  /** `https://…/callbacks/slack`. Without it the messages only link to the request's page. */
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
      interactivity:
        requestUrl === undefined
          ? { is_enabled: false }
          : { is_enabled: true, request_url: requestUrl },
      socket_mode_enabled: false,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  }
}
