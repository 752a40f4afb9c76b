import type { WordsByLanguage } from './languages.ts'

/*
 * Fields that say who, where to, or with which money, and that no reviewer changes: what else there is
 * than the kinds of field-names.ts. Written for Holdpoint from common form markup; rather too many.
 */

/** Words that a field's name splits into. */
export const IDENTITY_NAMES = `
  recipient | receiver | payee | beneficiary | destination | account | acct | iban | bic | swift | routing
  sort code | currency | amount | price | total | sum | fee | tip | cost | budget | balance | wallet | card | tax
  vat | ssn | passport | licence | license | id | uid | user | username | login | customer | client | member
  company | organisation | organization | name | firstname | lastname | surname | email | mail | phone | tel
  mobile | fax | address | street | city | zip | postcode | country | region | state | url | website | link
  domain | host | to | cc | bcc | from | password | pin | code | key | secret | token | action | method
  type | kind | operation | command
`

/** The same in labels. */
export const IDENTITY_LABELS: WordsByLanguage = {
  en: `
    recipient | receiver | payee | beneficiary | destination | account | iban | bic | swift | currency | amount
    price | total | fee | tip | budget | card | tax | vat | passport | customer | member | company | e-mail | email
    mail | phone | address | street | city | country | website | username | user name | =to | =from | pin | code
  `,
  de: `
    empfänger* | begünstigte* | ziel | konto* | währung | betrag | preis | summe | gebühr | trinkgeld | karte*
    steuer* | ausweis* | kunde* | firma | e-mail* | telefon* | adresse | anschrift | straße | ort | land | =an | =von
  `,
  fr: `
    destinataire | bénéficiaire | compte | devise | montant | prix | total | pourboire | carte | client
    société | courriel | téléphone | adresse | rue | ville | pays
  `,
  es: `
    destinatario | beneficiario | cuenta | moneda | divisa | importe | monto | precio | total | propina
    tarjeta | cliente | empresa | correo | teléfono | dirección | calle | ciudad | país
  `,
  it: 'destinatario | beneficiario | conto | valuta | importo | prezzo | totale | carta | cliente | indirizzo',
  nl: 'ontvanger | begunstigde | rekening* | valuta | bedrag | prijs | totaal | kaart | klant* | adres',
  pt: 'destinatário | beneficiário | conta | moeda | valor | preço | total | cartão | cliente | endereço',
  pl: 'odbiorca | beneficjent | konto | rachunek | waluta | kwota | cena | suma | karta | klient | adres',
  sv: 'mottagare | konto | valuta | belopp | pris | summa | kort | kund* | adress',
  da: 'modtager | konto | valuta | beløb | pris | kort | kunde* | adresse',
  nb: 'mottaker | konto | valuta | beløp | pris | kort | kunde* | adresse',
  fi: 'saaja | vastaanottaja | tili* | valuutta | summa | hinta | kortti | asiakas* | osoite',
  ja: '受取人 | 宛先 | 口座 | 通貨 | 金額 | 価格 | 住所 | 電話 | メール',
  zh: '收款 | 收件 | 账户 | 帳戶 | 货币 | 貨幣 | 金额 | 金額 | 价格 | 地址 | 电话 | 邮箱',
  ko: '수취인 | 받는 | 계좌 | 통화 | 금액 | 가격 | 주소 | 전화 | 이메일',
}
