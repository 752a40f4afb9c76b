/** A tool that the scripted model calls, and with what. */
export interface ToolCall {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What the model does next. */
export type Turn = { readonly call: ToolCall } | { readonly says: string }

/** Decides by what the tools have answered so far, oldest first. Throws where no model would go on. */
export type Script = (results: readonly string[]) => Turn

/**
 * Makes its calls in order, until a tool answers with a person's verdict: that it reports, and stops.
 * `textOf` gives the text for the model within a tool's answer, for loops that wrap it.
 */
export function scripted(
  calls: readonly ToolCall[],
  textOf: (result: string) => string = (result) => result,
): Script {
  return (results) => {
    const last = results.at(-1)
    const text = last === undefined ? '' : textOf(last)
    if (/^(?:DONE|REJECTED)\b/.test(text)) return { says: `The person's answer was: ${text}` }
    const call = calls[results.length]
    if (call === undefined) throw new Error(`no verdict after the last call, but ${last}`)
    return { call }
  }
}
