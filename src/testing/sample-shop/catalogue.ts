/** Something the shop sells. */
export interface Product {
  readonly sku: string
  readonly name: string
  readonly unitMinor: number
  /** One line for the list. */
  readonly tagline: string
  readonly description: string
  readonly details: readonly string[]
}

/** SKU of the paper that the prepared checkouts hold. */
export const PRINTER_PAPER_SKU = 'printer-paper-a4'

/** Everything on the shelves, in the order of the front page. */
export const PRODUCTS: readonly Product[] = [
  {
    sku: PRINTER_PAPER_SKU,
    name: 'Printer paper A4, 2,500 sheets',
    unitMinor: 91_20,
    tagline: 'A box of five reams, archival quality',
    description:
      'Bright, heavy paper that runs through laser and inkjet printers without jams and stays white for decades. One box holds five wrapped reams.',
    details: ['A4, 210 × 297 mm', '100 g/m², acid-free', '5 × 500 sheets', 'FSC certified'],
  },
  {
    sku: 'recycled-paper-a4',
    name: 'Recycled paper A4, 500 sheets',
    unitMinor: 7_40,
    tagline: 'For drafts and everyday printing',
    description:
      'Made from waste paper only, a little off-white, and good on both sides. A single ream for the desk drawer.',
    details: ['A4, 210 × 297 mm', '80 g/m²', '500 sheets', 'Blue Angel certified'],
  },
  {
    sku: 'notebook-a5',
    name: 'Notebook A5, dotted',
    unitMinor: 14_50,
    tagline: 'Thread-bound, lies flat',
    description:
      'Numbered pages, two ribbons and an index. The binding opens flat on every page, and the paper takes a fountain pen well.',
    details: ['A5, 148 × 210 mm', '192 pages, 90 g/m²', '5 mm dot grid', 'Linen cover'],
  },
  {
    sku: 'fountain-pen',
    name: 'Fountain pen, medium nib',
    unitMinor: 34_00,
    tagline: 'Steel nib, takes cartridges or a converter',
    description:
      'A light everyday pen with a smooth steel nib. Comes with one blue cartridge and a clip that holds on to a pocket.',
    details: ['Medium nib', 'Standard international cartridges', 'Brushed aluminium'],
  },
  {
    sku: 'pencils-hb',
    name: 'Pencils HB, box of 12',
    unitMinor: 6_40,
    tagline: 'Cedar, sharpened',
    description:
      'A dozen hexagonal cedar pencils with a break-resistant lead. Sharpened and ready.',
    details: ['Hardness HB', '12 pencils', 'Cedar from managed forests'],
  },
  {
    sku: 'envelopes-c5',
    name: 'Envelopes C5, pack of 100',
    unitMinor: 11_80,
    tagline: 'Self-sealing, with a window',
    description: 'For an A4 letter folded once. Grey on the inside, so that nobody reads along.',
    details: ['C5, 162 × 229 mm', '90 g/m²', 'Self-sealing', '100 envelopes'],
  },
  {
    sku: 'stapler',
    name: 'Desk stapler',
    unitMinor: 17_90,
    tagline: 'Up to 30 sheets, all metal',
    description:
      'A heavy stapler that stays where you put it. Loads from the front and takes standard 24/6 staples.',
    details: ['30 sheets', '24/6 and 26/6 staples', '10 year guarantee'],
  },
  {
    sku: 'sticky-notes',
    name: 'Sticky notes, 6 pads',
    unitMinor: 9_60,
    tagline: 'Three colours, 76 × 76 mm',
    description:
      'Sticks to paper and screens, comes off without a trace. Six pads in three colours.',
    details: ['76 × 76 mm', '6 × 100 notes', 'Solvent-free glue'],
  },
]

/** The product of that SKU, if there is one. */
export function findProduct(sku: string): Product | undefined {
  return PRODUCTS.find((product) => product.sku === sku)
}

/** Products whose texts hold every word of the query; all of them for an empty one. */
export function searchProducts(query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return PRODUCTS.filter((product) => {
    const text = [product.name, product.tagline, product.description, ...product.details]
      .join(' ')
      .toLowerCase()
    // "boxes" finds "box" and "pens" finds "pen": people search in the plural.
    return words.every((word) => text.includes(word) || text.includes(word.replace(/e?s$/, '')))
  })
}
