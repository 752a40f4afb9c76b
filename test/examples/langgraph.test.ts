import { holdsAndResumes } from './contract.ts'
import { openAiChat } from './models/openai-chat.ts'

holdsAndResumes({
  name: 'langgraph',
  protocol: openAiChat,
  env: ({ origin, apiKey }) => ({ OPENAI_BASE_URL: `${origin}/v1`, OPENAI_API_KEY: apiKey }),
  calls: ({ checkoutUrl }) => [
    { tool: 'open', input: { url: checkoutUrl } },
    { tool: 'click', input: { button: 'Place order' } },
  ],
})
