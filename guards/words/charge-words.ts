import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: as in final-labels.ts. Words beside a control that say its click is the order: one-click
 * purchases, express wallets, "charge your saved card?".
 */

/** That this click orders, by itself. "By clicking Place order you agree" speaks of another button. */
export const CLICK_ORDERS_NOTES: WordsByLanguage = {
  en: `
    clicking orders | clicking buys | clicking charges | clicking places | click orders
    tapping orders | tapping buys | tapping charges | tapping places | tap orders | ordered at once
    ordered immediately | order is placed immediately | charged immediately | charged right away
    charged instantly | buys instantly
  `,
  de: `
    mit dem klick bestellen | mit dem klick kaufen | mit einem klick bestellen | klick bestellt
    klick kauft | sofort bestellt | sofort belastet | sofort abgebucht | sofort gekauft
  `,
  fr: `
    ce clic vaut commande | en cliquant vous commandez | en cliquant vous achetez
    commandé immédiatement | débité immédiatement
  `,
  es: 'al hacer clic compra | al hacer clic compras | se cobrará de inmediato | se cobra al instante',
  it: 'cliccando acquisti | con un clic acquisti | addebitato subito | addebito immediato',
  nl: 'met deze klik bestel | met één klik bestel | direct besteld | direct afgeschreven',
  pt: 'ao clicar você compra | cobrado imediatamente | comprado imediatamente',
  pl: 'kliknięcie oznacza zakup | natychmiast obciążona | zostanie od razu',
  sv: 'klicket är ett köp | debiteras direkt | beställs direkt',
  da: 'trækkes med det samme | bestilles med det samme',
  nb: 'trekkes med en gang | bestilles med en gang',
  fi: 'veloitetaan heti | tilataan heti',
  ja: 'クリックで注文 | すぐに請求 | 即時請求 | タップで購入',
  zh: '点击即购买 | 點擊即購買 | 立即扣款 | 即刻扣款',
  ko: '클릭하면 주문 | 즉시 결제됩니다 | 바로 결제됩니다',
}

/** That money is taken. */
export const CHARGE_NOTES: WordsByLanguage = {
  en: 'charge | charges | charged | debit | debits | debited | bills your | billed to | pays from',
  de: 'belasten | belastet | belasten wir | abgebucht | abbuchen | buchen wir',
  fr: 'débité* | prélevé* | débiter',
  es: 'cobrar | cobrará | cobramos | cargará | cargaremos',
  it: 'addebit*',
  nl: 'afgeschreven | afschrijven | in rekening gebracht',
  pt: 'cobrado | cobrar | cobraremos | debitado*',
  pl: 'obciąż* | pobran* | pobierzemy',
  sv: 'debiteras | debitera | dras från',
  da: 'trækkes | trække | hæves',
  nb: 'trekkes | trekke | belastes',
  fi: 'veloit*',
  ja: '請求 | 引き落と',
  zh: '扣款 | 扣费',
  ko: '청구 | 결제됩니다',
}

/** That the means of payment is one the shop keeps. */
export const STORED_PAYMENT_NOTES: WordsByLanguage = {
  en: `
    saved card | stored card | card on file | saved payment | stored payment | balance | wallet
    ending in | ends in | default card | default payment
  `,
  de: 'hinterlegt* | gespeichert* | guthaben | endet auf | endend auf | standardkarte',
  fr: 'enregistré* | solde | se terminant par | finissant par',
  es: 'guardad* | saldo | terminada en | termina en',
  it: 'salvat* | saldo | termina con | che termina',
  nl: 'opgeslagen | saldo | eindigt op | eindigend op',
  pt: 'guardado | salvo | saldo | terminado em | final',
  pl: 'zapisan* | saldo | kończy się na | kończąca się',
  sv: 'sparat | sparade | saldo | slutar på',
  da: 'gemt | gemte | saldo | slutter på | ender på',
  nb: 'lagret | lagrede | saldo | slutter på',
  fi: 'tallennettu | saldo | päättyy',
  ja: '登録済み | 残高 | 末尾',
  zh: '已保存 | 余额 | 餘額 | 尾号',
  ko: '저장된 | 잔액 | 끝자리',
}
