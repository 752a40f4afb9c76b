import { MONEY_PATTERN } from '../../../core/money.ts'
import { makeAmounts } from './in-page/amounts.ts'
import { makeDom } from './in-page/dom.ts'
import { installEvents } from './in-page/events.ts'
import { makeFields } from './in-page/fields.ts'
import { makeForms } from './in-page/forms.ts'
import { makeFrames } from './in-page/frames.ts'
import { makeLabels } from './in-page/labels.ts'
import { makePlain } from './in-page/plain.ts'
import { makeReader } from './in-page/reader.ts'
import { makeRecent } from './in-page/recent.ts'
import { makeRedaction } from './in-page/redaction.ts'
import { makeSecrets } from './in-page/secrets.ts'
import { makeTarget } from './in-page/target.ts'
import { makeView } from './in-page/view.ts'

/** Name of the reader's object in the isolated world. */
export const READER_NAME = '__holdpointReader'

/** Options of the script that stands in every frame. */
export interface ExtractorOptions {
  /** Function of the isolated world that takes event messages; without it nothing is reported. */
  readonly bindingName?: string
  readonly redactSelectors?: readonly string[]
  /** Events closer together than this share one reading; default 30. */
  readonly burstMs?: number
}

/**
 * Source of the script that reads a page. For an isolated world only: in the page's own world the page
 * could answer for the DOM. The parts are functions without outer names, sent as their own source text.
 */
export function extractorSource(options: ExtractorOptions = {}): string {
  const { bindingName, redactSelectors = [], burstMs = 30 } = options
  const data = { money: MONEY_PATTERN }
  return `(() => {
'use strict'
const before = globalThis.${READER_NAME}
if (before !== undefined) before.dispose()
const dom = (${makeDom})()
const secrets = (${makeSecrets})()
const view = (${makeView})(dom, secrets)
const fields = (${makeFields})(dom, secrets, view)
const forms = (${makeForms})(dom, view, fields)
const frames = (${makeFrames})(dom, view)
const redaction = (${makeRedaction})(dom, secrets, view, fields, frames)
const target = (${makeTarget})(dom, view, fields, forms)
const labels = (${makeLabels})(dom, view, ${JSON.stringify(data)})
const amounts = (${makeAmounts})(dom, view, fields, labels)
const recent = (${makeRecent})(dom)
const plain = (${makePlain})(dom)
const reader = (${makeReader})(dom, view, fields, forms, redaction, target, amounts, recent, plain)
const report = ${bindingName === undefined ? 'undefined' : `globalThis[${JSON.stringify(bindingName)}]`}
const dispose = typeof report === 'function'
  ? (${installEvents})(dom, forms, reader, ${JSON.stringify({ burstMs, redactSelectors }).slice(0, -1)}, report })
  : () => {}
globalThis.${READER_NAME} = { ...reader, dispose }
})()`
}
