import { html } from 'htm/preact'
import type { VNode } from 'preact'
import type { FieldProblem } from '../order-form.ts'

/** A text field of a form. */
export interface TextField {
  readonly name: string
  readonly label: string
  readonly autocomplete: string
  readonly type?: string
  /** Asks phones for the number pad. */
  readonly numeric?: boolean
  readonly wide?: boolean
}

/** Makes fields of one form: with the values and problems that it came back with. */
export function checkField(form: {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly problems: readonly FieldProblem[]
}): (field: TextField) => VNode {
  return (field) => {
    const problem = form.problems.find((candidate) => candidate.field === field.name)
    const problemId = `${field.name}-problem`
    return html`<p class=${field.wide ? 'field wide' : 'field'}>
      <label for=${field.name}>${field.label}</label>
      <input
        id=${field.name}
        name=${field.name}
        type=${field.type ?? 'text'}
        autocomplete=${field.autocomplete}
        inputmode=${field.numeric ? 'numeric' : undefined}
        value=${form.values[field.name] ?? ''}
        aria-invalid=${problem === undefined ? undefined : 'true'}
        aria-describedby=${problem === undefined ? undefined : problemId}
        required
      />
      ${problem === undefined ? null : html`<span id=${problemId} class="field-problem">${problem.message}</span>`}
    </p>`
  }
}

/** Everything that is wrong with a form, in one place that screen readers announce. */
export function problemBox(problems: readonly FieldProblem[], heading: string): VNode {
  return html`<div id="problems" class="problems" role="alert" tabindex="-1" hidden=${problems.length === 0}>
    <p>${heading}</p>
    <ul>${problems.map(({ message }) => html`<li>${message}</li>`)}</ul>
  </div>`
}
