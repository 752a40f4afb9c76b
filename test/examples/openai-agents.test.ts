import { holdsAndResumes } from './contract.ts'
import { openAiResponses } from './models/openai-responses.ts'

holdsAndResumes({
  name: 'openai-agents',
  protocol: openAiResponses,
  env: ({ origin, apiKey }) => ({
    OPENAI_BASE_URL: `${origin}/v1`,
    OPENAI_API_KEY: apiKey,
    // Traces would go to the provider's own address.
    OPENAI_AGENTS_DISABLE_TRACING: '1',
  }),
  calls: ({ checkoutUrl }) => [
    { tool: 'open', input: { url: checkoutUrl } },
    { tool: 'click', input: { button: 'Place order' } },
  ],
})
