import { html as template } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'

/**
 * Markup as template strings. Values become text or attributes, never markup: Preact escapes them
 * when the page is rendered, and nothing here uses `dangerouslySetInnerHTML`.
 */
export const html: (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode =
  template

export type Children = ComponentChildren
