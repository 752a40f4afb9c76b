import { findFile, imageFacts, isReady } from '../files.ts'
import { optionsOf, type WireOption } from '../interactions/elements.ts'
import type { WorkspaceState } from '../state.ts'
import type { WireBlock } from '../types.ts'
import { withEmoji } from './emoji.ts'
import { type Children, html } from './html.ts'
import { mrkdwn, type Reader } from './mrkdwn.ts'
import { richText } from './rich-text.ts'

type Part = Readonly<Record<string, unknown>>

/** Where blocks are shown. `target` is the message or modal that a use of an element refers to. */
export interface Place {
  readonly state: WorkspaceState
  readonly reader: Reader
  readonly target: string
  /** Part of element ids: a reply that was also sent to the channel is on the page twice. */
  readonly spot: string
  /** The parent message at the head of a thread repeats what the channel shows, without buttons. */
  readonly interactive: boolean
}

export function blocks(list: readonly WireBlock[], place: Place): Children {
  return html`<div class="blocks">
    ${list.map((block) => html`<div class=${`block block-${block.type}`}>${one(block, place)}</div>`)}
  </div>`
}

function one(block: WireBlock, place: Place): Children {
  switch (block.type) {
    case 'header':
      return html`<h3>${textObject(block.text as Part, place)}</h3>`
    case 'section':
      return section(block, place)
    case 'context':
      return html`${(block.elements as readonly Part[]).map((element) =>
        element.type === 'image'
          ? image(element, place, 'tiny')
          : html`<span class="text">${textObject(element, place)}</span>`,
      )}`
    case 'divider':
      return html`<hr />`
    case 'image':
      return image(block, place, 'large')
    case 'rich_text':
      return richText(block, place.reader)
    case 'actions':
      if (!place.interactive) return null
      return html`<div class="actions" role="group">
        ${(block.elements as readonly Part[]).map((element) => control(element, block.block_id, place))}
      </div>`
    case 'input':
      return input(block, place)
    default:
      return null
  }
}

/** A text object: plain text as it stands, mrkdwn as elements. */
export function textObject(text: Part, place: Place): Children {
  const content = String(text.text ?? '')
  if (text.type === 'mrkdwn') return mrkdwn(content, place.reader, text.verbatim !== true)
  return text.emoji === false ? content : withEmoji(content)
}

function section(block: WireBlock, place: Place): Children {
  const fields = (block.fields ?? []) as readonly Part[]
  const side = block.accessory as Part | undefined
  const accessory =
    side?.type === 'image'
      ? image(side, place, 'thumb')
      : side && place.interactive
        ? control(side, block.block_id, place)
        : null
  return html`<div class="section">
    <div class="section-body">
      ${block.text ? html`<div class="text">${textObject(block.text as Part, place)}</div>` : null}
      ${
        fields.length > 0
          ? html`<div class="fields">
              ${fields.map((field) => html`<div class="text">${textObject(field, place)}</div>`)}
            </div>`
          : null
      }
    </div>
    ${accessory ? html`<div class="accessory">${accessory}</div>` : null}
  </div>`
}

function image(part: Part, place: Place, size: 'large' | 'thumb' | 'tiny'): Children {
  const alt = String(part.alt_text)
  const reference = part.slack_file as { id?: string; url?: string } | undefined
  const file = reference ? findFile(place.state, reference) : undefined
  const title = part.title as Part | undefined
  const caption = title ? html`<div class="image-title">${textObject(title, place)}</div>` : null
  if (!file?.bytes || !isReady(place.state, file)) {
    // The page loads nothing from elsewhere; Slack would fetch it on its own servers.
    const address = reference ? 'file' : (URL.parse(String(part.image_url))?.host ?? 'elsewhere')
    return html`${caption}<div class="image-elsewhere" role="img" aria-label=${alt}>
      <b>${alt}</b><span>image from ${address}, not loaded here</span>
    </div>`
  }
  const source = `/inbox/files/${file.id}`
  const facts = imageFacts(file.bytes)
  const picture = html`<img
    src=${source}
    alt=${alt}
    width=${facts?.widthPx}
    height=${facts?.heightPx}
  />`
  if (size !== 'large') return html`<span class=${`image-${size}`}>${picture}</span>`
  return html`${caption}<button
      type="button"
      class="image-large"
      data-enlarge=${source}
      aria-label=${`Enlarge image: ${alt}`}
    >${picture}</button>`
}

/** A button, select or overflow menu. The page's script does what `data-…` says. */
function control(element: Part, blockId: string, place: Place): Children {
  const action = String(element.action_id)
  const id = `${place.spot}-${place.target}-${blockId}-${action}`
  const confirm = element.confirm as Part | undefined
  const dialog = confirm ? confirmation(confirm, `confirm-${id}`, place) : null
  const data = {
    'data-target': place.target,
    'data-block': blockId,
    'data-action': action,
    // Without the block's id, which is new after every update.
    'data-focus': `${place.target}-${action}`,
    ...(confirm ? { 'data-confirm': `confirm-${id}` } : {}),
  }
  if (element.type === 'button') {
    const style = element.style ? ` button-${String(element.style)}` : ''
    const label = element.accessibility_label
    return html`<button
        type="button"
        class=${`button${style}`}
        data-click=""
        data-url=${element.url}
        aria-label=${label}
        ...${data}
      >${textObject(element.text as Part, place)}</button>${dialog}`
  }
  const isOverflow = element.type === 'overflow'
  const placeholder = element.placeholder as Part | undefined
  const chosen = element.initial_option as WireOption | undefined
  const label = chosen?.text ?? placeholder ?? { type: 'plain_text', text: 'Select an item' }
  return html`<div class="menu-anchor">
    <button
      type="button"
      class=${isOverflow ? 'button button-overflow' : 'button button-select'}
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-label=${isOverflow ? 'More actions' : undefined}
      data-menu=${`menu-${id}`}
      ...${data}
    >${isOverflow ? '⋯' : textObject(label as Part, place)}</button>
    <ul class="menu" id=${`menu-${id}`} role="listbox" popover="manual" tabindex="-1" aria-label=${isOverflow ? 'More actions' : placeholder?.text}>
      ${optionsOf(element).map(
        (option) => html`<li
          role="option"
          tabindex="-1"
          aria-selected=${chosen?.value === option.value ? 'true' : 'false'}
          data-value=${option.value}
          data-url=${option.url}
        >${textObject(option.text, place)}</li>`,
      )}
    </ul>
  </div>${dialog}`
}

function confirmation(confirm: Part, id: string, place: Place): Children {
  const label = (key: string, otherwise: string) =>
    confirm[key] ? textObject(confirm[key] as Part, place) : otherwise
  const style = confirm.style === 'danger' ? 'button-danger' : 'button-primary'
  return html`<dialog class="dialog confirm" id=${id} aria-labelledby=${`${id}-title`}>
    <form method="dialog">
      <h2 id=${`${id}-title`}>${label('title', 'Are you sure?')}</h2>
      <div class="dialog-body text">${textObject(confirm.text as Part, place)}</div>
      <div class="dialog-foot">
        <button class="button" value="deny">${label('deny', 'Cancel')}</button>
        <button class=${`button ${style}`} value="confirm">${label('confirm', 'Confirm')}</button>
      </div>
    </form>
  </dialog>`
}

function input(block: WireBlock, place: Place): Children {
  const element = block.element as Part
  const id = `${place.target}-${block.block_id}`
  const hint = block.hint as Part | undefined
  const attributes = {
    id,
    name: block.block_id,
    'data-focus': id,
    'aria-describedby': `${id}-error${hint ? ` ${id}-hint` : ''}`,
    autofocus: element.focus_on_load === true,
  }
  return html`<div class="field">
    <label for=${id}>
      ${textObject(block.label as Part, place)}${block.optional === true ? html` <span class="optional">(optional)</span>` : null}
    </label>
    ${element.type === 'static_select' ? choice(element, attributes) : entry(element, attributes)}
    <div class="field-error" id=${`${id}-error`} role="alert" data-error=${block.block_id}></div>
    ${hint ? html`<div class="hint" id=${`${id}-hint`}>${textObject(hint, place)}</div>` : null}
  </div>`
}

function entry(element: Part, attributes: Part): Children {
  const placeholder = (element.placeholder as Part | undefined)?.text
  const common = { placeholder, ...attributes }
  switch (element.type) {
    case 'datepicker':
      return html`<input type="date" value=${element.initial_date} ...${common} />`
    case 'number_input': {
      // As text with a number's keyboard: a number field would drop what it cannot read.
      const keyboard = element.is_decimal_allowed === true ? 'decimal' : 'numeric'
      const value = element.initial_value
      return html`<input type="text" inputmode=${keyboard} value=${value} ...${common} />`
    }
    default: {
      const text = { maxlength: element.max_length, ...common }
      const value = element.initial_value ?? ''
      return element.multiline === true
        ? html`<textarea rows="4" ...${text}>${value}</textarea>`
        : html`<input type="text" value=${value} ...${text} />`
    }
  }
}

function choice(element: Part, attributes: Part): Children {
  const chosen = (element.initial_option as WireOption | undefined)?.value
  return html`<select ...${attributes}>
    ${chosen === undefined ? html`<option value="">${(element.placeholder as Part | undefined)?.text ?? 'Select an item'}</option>` : null}
    ${optionsOf(element).map(
      (option) =>
        html`<option value=${option.value} selected=${option.value === chosen}>${option.text.text}</option>`,
    )}
  </select>`
}
