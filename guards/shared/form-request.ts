import type { Attempt, PageSummary, RequestFacts } from 'holdpoint/guard'
import { FORM_PURPOSES } from '../words/form-words.ts'
import { meaningfulSegments } from './address-words.ts'
import { type FieldKind, isShown, kindOf } from './fields.ts'
import { type FormJudgement, formFields, judgeFormAct } from './form-act.ts'
import { isHarmlessRequest } from './harmless.ts'
import { changesState, isSameSite, judgeOrderRequest } from './order-request.ts'
import { identifierWords, matcher } from './words.ts'

const isPurpose = matcher(FORM_PURPOSES)

/** Judges a request that carries a form: the page's own, or one that only its body shows. */
export function judgeFormRequest(
  attempt: Attempt,
  request: RequestFacts,
): FormJudgement | undefined {
  const url = URL.parse(request.url)
  if (url === null || !changesState(request) || request.body === 'none') return undefined
  if (request.resourceType !== 'document' && request.resourceType !== 'fetch') return undefined
  if (isHarmlessRequest(attempt) || judgeOrderRequest(attempt, request) !== undefined)
    return undefined
  const page = attempt.page
  if (page === undefined) return judgeBody(request, url)
  // Other requests of the page (validation of one field, logs) do not carry the form.
  if (!carriesForm(request, url, page)) return undefined
  const document = request.resourceType === 'document'
  return document || isSameSite(url, page.origin) || attempt.cause === 'agent'
    ? judgeFormAct(attempt, page)
    : undefined
}

function carriesForm(request: RequestFacts, url: URL, page: PageSummary): boolean {
  const action = page.form && URL.parse(page.form.action)
  const method = page.form?.method.toUpperCase()
  if (
    action &&
    method === 'POST' &&
    action.origin === url.origin &&
    action.pathname === url.pathname
  ) {
    return true
  }
  const filled = formFields(page).filter((field) => isShown(field) && field.filled && !field.secret)
  if (filled.length === 0) return request.body === 'multipart' || request.body === 'opaque'
  // By value, as scripts rename fields: what was typed is on its way.
  const sent = new Set(request.fields.slice(0, 300).map(({ value }) => value.trim()))
  const found = filled.filter((field) => sent.has(field.value.trim()) || field.value === '')
  return found.length * 2 >= filled.length
}

function judgeBody(request: RequestFacts, url: URL): FormJudgement | undefined {
  const kinds = request.fields.slice(0, 300).map(({ name }) => kindByName(name))
  const personal = new Set(
    kinds.filter((kind) => kind === 'email' || kind === 'name' || kind === 'phone'),
  ).size
  const purpose = meaningfulSegments(url.pathname).some((segment) =>
    isPurpose(identifierWords(segment).join(' ')),
  )
  const message = kinds.includes('message')
  if (!(purpose && (message || personal > 0)) && !(message && personal > 0)) return undefined
  return {
    confidence: 0.55,
    facts: [`its body carries ${message ? 'a message' : 'personal data'}`],
  }
}

function kindByName(name: string): FieldKind {
  return kindOf({
    label: '',
    name: name.split('.').at(-1) ?? name,
    type: 'text',
    autocomplete: '',
    value: '',
    secret: false,
    filled: false,
    visible: true,
  })
}
