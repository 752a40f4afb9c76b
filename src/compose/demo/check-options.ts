import { optionInvalid } from '../../core/errors.ts'
import type { DemoOptions } from './run-demo.ts'

/** A workspace of one's own, in the place of the local one. */
export interface RealSlack {
  readonly botToken: string
  readonly channelId: string
  readonly slackApiUrl?: string
}

/** Refuses what cannot work, by name, before anything is started. */
export function checkDemoOptions(
  options: DemoOptions,
  platform: NodeJS.Platform = process.platform,
): void {
  const real = realSlack(options.env)
  if (options.answer !== undefined && options.answer !== 'none') {
    if (options.channel === 'terminal' || real !== undefined) {
      const other = options.channel === 'terminal' ? '--channel terminal' : 'SLACK_BOT_TOKEN'
      throw optionInvalid('--answer', `needs the local inbox to click in; leave out ${other}`)
    }
  }
  if (options.attack !== undefined && (options.answer === 'none' || options.answer === 'reject')) {
    throw optionInvalid(
      '--attack',
      `comes after an approval; leave it out, or --answer ${options.answer}`,
    )
  }
  if (options.headed && !hasScreen(options.env, platform)) {
    throw optionInvalid(
      '--headed',
      'needs a screen, and neither DISPLAY nor WAYLAND_DISPLAY is set; leave it out, or run it under xvfb-run',
    )
  }
}

/** The workspace that the environment names. Half of it named is a mistake, not a wish for the local one. */
export function realSlack(env: DemoOptions['env']): RealSlack | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CHANNEL_ID: channelId, SLACK_API_URL: url } = env
  if (botToken === undefined && channelId === undefined) return undefined
  if (botToken === undefined || channelId === undefined) {
    const missing = botToken === undefined ? 'SLACK_BOT_TOKEN' : 'SLACK_CHANNEL_ID'
    const form = botToken === undefined ? 'xoxb-…' : 'C0123456789'
    const given = botToken === undefined ? 'SLACK_CHANNEL_ID' : 'SLACK_BOT_TOKEN'
    throw optionInvalid(missing, `must be set too (${form}), as ${given} is; or set neither`)
  }
  return { botToken, channelId, ...(url === undefined ? {} : { slackApiUrl: url }) }
}

function hasScreen(env: DemoOptions['env'], platform: NodeJS.Platform): boolean {
  if (platform !== 'linux') return true
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
