/** A title on sale. */
export interface Book {
  readonly isbn: string
  readonly slug: string
  readonly title: string
  readonly author: string
  readonly binding: 'Gebunden' | 'Taschenbuch' | 'E-Book'
  /** In euro cents, 7 % VAT included. */
  readonly priceMinor: number
  readonly blurb: string
}

/** All titles. */
export const BOOKS: readonly Book[] = [
  {
    isbn: '9783498001247',
    slug: 'die-leuchtturmwaerterin',
    title: 'Die Leuchtturmwärterin',
    author: 'Henrike Claasen',
    binding: 'Gebunden',
    priceMinor: 2390,
    blurb: 'Ein Roman über eine Insel, ein Licht und die Frau, die es nicht ausgehen lässt.',
  },
  {
    isbn: '9783406780325',
    slug: 'kleine-geschichte-des-brotes',
    title: 'Kleine Geschichte des Brotes',
    author: 'Wolfram Ehlers',
    binding: 'Gebunden',
    priceMinor: 1400,
    blurb: 'Vom Fladen zur Kruste: achttausend Jahre auf 160 Seiten.',
  },
  {
    isbn: '9783442493081',
    slug: 'mord-am-deich',
    title: 'Mord am Deich & andere Fälle',
    author: 'Fokko Janssen',
    binding: 'Taschenbuch',
    priceMinor: 1299,
    blurb: 'Kommissarin Okken ermittelt bei Ebbe. Und bei Flut.',
  },
  {
    isbn: '9783866488151',
    slug: 'atlas-der-stillen-orte',
    title: 'Atlas der stillen Orte',
    author: 'Judith Marwede',
    binding: 'Gebunden',
    priceMinor: 3800,
    blurb: 'Fünfzig Orte, an denen man nichts hört. Mit Karten der Autorin.',
  },
  {
    isbn: '9783641309923',
    slug: 'zwoelf-winter-ebook',
    title: 'Zwölf Winter',
    author: 'Selma Brandt',
    binding: 'E-Book',
    priceMinor: 999,
    blurb: 'Erzählungen. Sofort als Download (EPUB, Wasserzeichen).',
  },
]

/** A bundle sold only through the newsletter's offer link. */
export const SPRING_BUNDLE = { key: 'fruehling', title: 'Lesepaket Frühling', priceMinor: 4900 }

/** Undefined for an ISBN that is not on sale. */
export function findBook(isbn: string): Book | undefined {
  return BOOKS.find((book) => book.isbn === isbn)
}

const euroFormat = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' })

/** '23,90 €', with the no-break space that German typography wants. */
export function euro(amountMinor: number): string {
  return euroFormat.format(amountMinor / 100)
}
