import { holdsAndResumes } from './contract.ts'
import { openAiResponses } from './models/openai-responses.ts'

holdsAndResumes({
  name: 'vercel-ai-sdk',
  protocol: openAiResponses,
  env: ({ origin, apiKey }) => ({ OPENAI_BASE_URL: `${origin}/v1`, OPENAI_API_KEY: apiKey }),
  calls: ({ checkoutUrl }) => [
    { tool: 'open', input: { url: checkoutUrl } },
    { tool: 'click', input: { button: 'Place order' } },
  ],
})
