import { z } from 'zod'
import { holdsAndResumes } from './contract.ts'
import { openAiResponses } from './models/openai-responses.ts'

/** What Mastra tells the model of a workflow that it ran. */
const workflowResult = z.strictObject({
  result: z.strictObject({ answer: z.string() }),
  runId: z.uuid(),
})

holdsAndResumes({
  name: 'mastra',
  protocol: openAiResponses,
  env: ({ origin, apiKey }) => ({
    OPENAI_BASE_URL: `${origin}/v1`,
    OPENAI_API_KEY: apiKey,
    MASTRA_TELEMETRY_DISABLED: '1',
  }),
  calls: ({ checkoutUrl }) => [
    {
      tool: 'workflow-order',
      input: {
        inputData: { url: checkoutUrl },
        suspendedToolCallId: null,
        suspendedToolRunId: null,
        resumeData: null,
      },
    },
  ],
  textOf: (result) => workflowResult.parse(JSON.parse(result)).result.answer,
})
