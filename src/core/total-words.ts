/**
 * Words that shops write beside the sum to be paid, and beside sums that are not it. Source: the labels
 * of the large shop systems' own translations (WooCommerce, PrestaShop, Magento) for these languages.
 */
const TOTAL_WORDS = [
  'total',
  'grand total',
  'order total',
  'amount',
  'amount due',
  'sum',
  'to pay',
  'you pay',
  'payable',
  'balance due',
  'gesamt',
  'betrag',
  'gesamtsumme',
  'gesamtbetrag',
  'summe',
  'endbetrag',
  'zu zahlen',
  'zahlbetrag',
  'rechnungsbetrag',
  'montant',
  'à payer',
  'total ttc',
  'net à payer',
  'importe',
  'a pagar',
  'totale',
  'da pagare',
  'importo',
  'totaal',
  'bedrag',
  'belopp',
  'beløb',
  'beløp',
  'te betalen',
  'totalt',
  'att betala',
  'summa',
  'i alt',
  'at betale',
  'å betale',
  'yhteensä',
  'maksettava',
  'razem',
  'kwota',
  'suma',
  'do zapłaty',
  'łącznie',
  'celkem',
  'k úhradě',
  'spolu',
  'összesen',
  'fizetendő',
  'итого',
  'сумма',
  'всего',
  'к оплате',
  'разом',
  'до сплати',
  'σύνολο',
  'toplam',
  'tutar',
  'ödenecek',
  'genel toplam',
  '合計',
  '総計',
  'お支払い',
  '总计',
  '合计',
  '總計',
  '应付',
  '총계',
  '합계',
  '결제 금액',
  'الإجمالي',
  'المجموع',
  'סה"כ',
  'รวม',
  'tổng',
]

const PARTIAL_WORDS = [
  'subtotal',
  'sub-total',
  'sub total',
  'zwischensumme',
  'sous-total',
  'subtotale',
  'subtotaal',
  'delsumma',
  'mezisoučet',
  'részösszeg',
  'suma częściowa',
  'välisumma',
  'подытог',
  'ara toplam',
  '小計',
  '小计',
  '소계',
  'shipping',
  'versand',
  'livraison',
  'envío',
  'spedizione',
  'verzending',
  'tax',
  'vat',
  'mwst',
  'ust',
  'tva',
  'iva',
  'btw',
  'discount',
  'rabatt',
  'remise',
  'descuento',
  'sconto',
  'korting',
  'you save',
  'sie sparen',
  'handling',
  'savings',
  'saved',
  'ersparnis',
  'hors taxes',
  'total ht',
  'net amount',
  'nettobetrag',
  'netto',
  'per month from',
  'minimum order',
  'minimum amount',
  'mindestbestellwert',
  'gift wrap',
  'deposit paid',
  'already paid',
  'bereits bezahlt',
  'доставка',
  'скидка',
  'налог',
  'ндс',
  'kargo',
  'indirim',
  'kdv',
  'dostawa',
  'wysyłka',
  'rabat',
  'frakt',
  'fragt',
  'moms',
]

const pattern = (words: readonly string[]): RegExp =>
  new RegExp(
    `(?<!\\p{L})(?:${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?!\\p{Ll})`,
    'iu',
  )

const TOTAL = pattern(TOTAL_WORDS)
// Written without spaces between words, so that a word may stand inside another.
const TOTAL_CJK =
  /合計|総計|お支払い|支払金額|ご請求|总计|合计|總計|总额|總額|应付|實付|实付|총계|합계|총액|결제 ?금액|รวม/u
const PARTIAL = pattern(PARTIAL_WORDS)
const PARTIAL_CJK =
  /小計|小计|소계|送料|配送|運費|运费|배송비|消費税|税額|税费|부가세|割引|値引|折扣|优惠|優惠|할인|手数料|ค่าจัดส่ง/u
// "Total incl. VAT" is the sum to be paid: what follows such a word says what is in it.
const INCLUDING =
  /(?<!\p{L})(?:incl|including|inkl|inklusive|einschl|enthält|dont|incluso|incluye|incluido|inclusief|includes|zzgl|ttc|w tym|в том числе|включая|dahil)(?!\p{L}).*$|[(（]?(?:税込|含税|含稅|内税|税含|부가세 ?포함).*$/iu

/** Whether a row's words call its amount the sum to be paid. "Total incl. VAT" does; "incl. VAT" does not. */
export function isTotalLabel(label: string): boolean {
  const words = label.replace(/_/g, ' ')
  return TOTAL.test(words) || TOTAL_CJK.test(words)
}

/** Whether a row's words call its amount a part of the sum: subtotal, shipping, tax, discount. */
export function isPartialLabel(label: string): boolean {
  const own = label.replace(/_/g, ' ').replace(INCLUDING, '')
  // "Includes 19% VAT": nothing but what is in the sum.
  if (own.trim() === '' && label.trim() !== '') return true
  return PARTIAL.test(own) || PARTIAL_CJK.test(own)
}
