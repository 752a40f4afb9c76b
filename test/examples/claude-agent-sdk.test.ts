import { holdsAndResumes } from './contract.ts'
import { anthropicMessages } from './models/anthropic-messages.ts'

/** What Claude Code adds to a tool's result by itself. */
const REMINDER =
  /\n+<system-reminder>\n[^<]*<total_tokens>\d+ tokens left<\/total_tokens>\n<\/system-reminder>$/

holdsAndResumes({
  name: 'claude-agent-sdk',
  protocol: anthropicMessages,
  env: ({ origin, apiKey }) => ({
    ANTHROPIC_BASE_URL: origin,
    ANTHROPIC_API_KEY: apiKey,
    // Nothing but the model is asked, and nothing of this machine's user is read.
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CONFIG_DIR: '.claude',
  }),
  calls: ({ checkoutUrl }) => [
    { tool: 'mcp__browser__open', input: { url: 'https://elsewhere.example/' } },
    { tool: 'mcp__browser__open', input: { url: checkoutUrl } },
    { tool: 'mcp__browser__click', input: { button: 'Place order' } },
  ],
  firstTold: 'Only the shop may be opened.',
  textOf: (result) => result.replace(REMINDER, ''),
})
