/**
 * Everything in this folder runs in the page's isolated world. Each `make…` function is sent there as
 * source text, so it uses nothing but its parameters and the browser's own globals: no imports except types.
 */

export type Dom = ReturnType<typeof makeDom>
export type Box = { x: number; y: number; width: number; height: number }

/**
 * The DOM by its prototypes. A form with `<input name="action">` or a page with `<form name="body">`
 * shadows `form.action` and `document.body` in every world, the isolated one included, so no property
 * of a form or document is read directly.
 */
export function makeDom() {
  const apply = Reflect.apply
  const getter = <T>(owner: object, name: string): ((target: object) => T) => {
    const read = Object.getOwnPropertyDescriptor(owner, name)?.get
    if (read === undefined) throw new Error(`this browser has no ${name}`)
    return (target) => apply(read, target, []) as T
  }
  const method = <T>(owner: object, name: string): ((target: object, ...given: unknown[]) => T) => {
    const call = Object.getOwnPropertyDescriptor(owner, name)?.value as (
      ...given: unknown[]
    ) => unknown
    if (typeof call !== 'function') throw new Error(`this browser has no ${name}`)
    return (target, ...given) => apply(call, target, given) as T
  }

  const nodeType = getter<number>(Node.prototype, 'nodeType')
  const parentNode = getter<Node | null>(Node.prototype, 'parentNode')
  const localName = getter<string>(Element.prototype, 'localName')
  const shadowRoot = getter<ShadowRoot | null>(Element.prototype, 'shadowRoot')
  const host = getter<Element>(ShadowRoot.prototype, 'host')
  const elementSlot = getter<Element | null>(Element.prototype, 'assignedSlot')
  const textSlot = getter<Element | null>(Text.prototype, 'assignedSlot')
  const assignedNodes = method<Node[]>(HTMLSlotElement.prototype, 'assignedNodes')
  const firstChild = getter<Node | null>(Node.prototype, 'firstChild')
  const nextSibling = getter<Node | null>(Node.prototype, 'nextSibling')
  const getAttribute = method<string | null>(Element.prototype, 'getAttribute')
  const elementRect = method<DOMRect>(Element.prototype, 'getBoundingClientRect')
  const queries = {
    1: method<NodeListOf<Element>>(Element.prototype, 'querySelectorAll'),
    9: method<NodeListOf<Element>>(Document.prototype, 'querySelectorAll'),
    11: method<NodeListOf<Element>>(DocumentFragment.prototype, 'querySelectorAll'),
  }
  const hits = {
    9: method<Element | null>(Document.prototype, 'elementFromPoint'),
    11: method<Element | null>(ShadowRoot.prototype, 'elementFromPoint'),
  }
  const actives = {
    9: getter<Element | null>(Document.prototype, 'activeElement'),
    11: getter<Element | null>(ShadowRoot.prototype, 'activeElement'),
  }
  const byTag = <T>(name: string, owners: Record<string, object>) => {
    const readers = new Map(Object.entries(owners).map(([tag, o]) => [tag, getter<T>(o, name)]))
    return (element: Element): T | undefined => {
      const read = isHtml(element) ? readers.get(localName(element)) : undefined
      return read === undefined ? undefined : read(element)
    }
  }
  const namespace = getter<string | null>(Element.prototype, 'namespaceURI')
  const isHtml = (element: Element): boolean =>
    namespace(element) === 'http://www.w3.org/1999/xhtml'
  const controls = {
    input: HTMLInputElement.prototype,
    select: HTMLSelectElement.prototype,
    textarea: HTMLTextAreaElement.prototype,
    button: HTMLButtonElement.prototype,
  }

  /** The parent on screen: through slots and out of open shadow roots. */
  const flatParent = (node: Node): Element | null => {
    const type = nodeType(node)
    const slot = type === 1 ? elementSlot(node) : type === 3 ? textSlot(node) : null
    if (slot !== null) return slot
    const parent = parentNode(node)
    if (parent === null) return null
    const parentType = nodeType(parent)
    if (parentType === 1) return parent as Element
    return parentType === 11 && parent instanceof ShadowRoot ? host(parent) : null
  }

  /** The children on screen: an open shadow root's instead of the host's, a slot's assigned nodes. */
  const flatChildren = (element: Element): Node[] => {
    const inner = shadowRoot(element)
    if (inner === null && localName(element) === 'slot' && isHtml(element)) {
      const assigned = assignedNodes(element)
      if (assigned.length > 0) return assigned
    }
    const list: Node[] = []
    for (let node = firstChild(inner ?? element); node !== null; node = nextSibling(node)) {
      list.push(node)
    }
    return list
  }

  return {
    nodeType,
    parentNode,
    localName,
    shadowRoot,
    host,
    flatParent,
    flatChildren,
    firstChild,
    nextSibling,
    isHtml,
    isElement: (node: Node | null | undefined): node is Element =>
      node !== null && node !== undefined && nodeType(node) === 1,
    isText: (node: Node): boolean => nodeType(node) === 3,
    data: getter<string>(CharacterData.prototype, 'data'),
    textContent: getter<string | null>(Node.prototype, 'textContent'),
    ownerDocument: getter<Document>(Node.prototype, 'ownerDocument'),
    rootNode: method<Node>(Node.prototype, 'getRootNode'),
    position: method<number>(Node.prototype, 'compareDocumentPosition'),
    contains: method<boolean>(Node.prototype, 'contains'),
    baseUri: getter<string>(Node.prototype, 'baseURI'),
    attribute: (element: Element, name: string): string => getAttribute(element, name) ?? '',
    hasAttribute: method<boolean>(Element.prototype, 'hasAttribute'),
    matches: method<boolean>(Element.prototype, 'matches'),
    closest: method<Element | null>(Element.prototype, 'closest'),
    rect: (element: Element): DOMRect => elementRect(element),
    typedStyle: method<StylePropertyMapReadOnly>(Element.prototype, 'computedStyleMap'),
    queryAll: (root: Node, selector: string): Element[] => {
      const query = queries[nodeType(root) as 1 | 9 | 11]
      return query === undefined ? [] : Array.from(query(root, selector))
    },
    hit: (root: Node, x: number, y: number): Element | null =>
      hits[nodeType(root) as 9 | 11](root, x, y),
    active: (root: Node): Element | null => actives[nodeType(root) as 9 | 11](root),
    title: getter<string>(Document.prototype, 'title'),
    documentElement: getter<Element | null>(Document.prototype, 'documentElement'),
    view: getter<(Window & typeof globalThis) | null>(Document.prototype, 'defaultView'),
    range: method<Range>(Document.prototype, 'createRange'),
    walker: method<TreeWalker>(Document.prototype, 'createTreeWalker'),
    elementById: method<Element | null>(Document.prototype, 'getElementById'),
    value: byTag<string>('value', controls),
    controlType: byTag<string>('type', controls),
    formOf: byTag<HTMLFormElement | null>('form', controls),
    labels: byTag<NodeListOf<Element> | null>('labels', controls),
    checked: byTag<boolean>('checked', { input: HTMLInputElement.prototype }),
    files: byTag<FileList | null>('files', { input: HTMLInputElement.prototype }),
    chosen: byTag<HTMLCollectionOf<Element>>('selectedOptions', {
      select: HTMLSelectElement.prototype,
    }),
    options: byTag<HTMLOptionsCollection>('options', { select: HTMLSelectElement.prototype }),
    optionText: byTag<string>('text', { option: HTMLOptionElement.prototype }),
    optionValue: byTag<string>('value', { option: HTMLOptionElement.prototype }),
    labelled: byTag<Element | null>('control', { label: HTMLLabelElement.prototype }),
    elements: getter<HTMLFormControlsCollection>(HTMLFormElement.prototype, 'elements'),
    frameDocument: byTag<Document | null>('contentDocument', {
      iframe: HTMLIFrameElement.prototype,
      frame: HTMLFrameElement.prototype,
      object: HTMLObjectElement.prototype,
    }),
  }
}
