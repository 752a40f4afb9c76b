/*
 * What a field holds. Names (`name`, `id`) are nearly always English, so they are matched by the words
 * that they split into. Autofill tokens: https://html.spec.whatwg.org/#autofill.
 * Written for Holdpoint from common form markup.
 */

/** Words that a field's name splits into, every one of a line needed: `card[number]` → card number. */
export const NAME_WORDS: Readonly<Record<string, string>> = {
  cardNumber: `
    card number | card num | card no | cc number | cc num | ccnumber | ccnum | cardnumber | cardno
    creditcard | credit card | pan
  `,
  cardSecret: `
    cvc | cvv | cvn | csc | cvv2 | security code | card code | cvc2 | cc exp | exp month | exp year
    expiry | expiration | exp date | expdate | card exp
  `,
  cardHolder: 'card holder | cardholder | card name | name on card | cc name | account holder',
  bankAccount: `
    iban | account number | routing number | sort code | bank account | sepa | bic | bsb | ach
  `,
  paymentChoice: `
    payment method | payment option | payment type | pay method | paymethod | payment gateway
    payment module | payment instrument | pay type | paytype | paymentmethod | payment
  `,
  coupon: `
    coupon | voucher | promo | promocode | discount code | gift card code | giftcard | gift code
    promo code | coupon code | discount
  `,
  search: 'search | query | q | keyword | keywords | filter | sort',
  password: 'password | passwd | pass | pwd | pin | passphrase',
  oneTimeCode: `
    otp | totp | mfa code | 2fa | verification code | one time | captcha | recaptcha | hcaptcha
    turnstile
  `,
  token: `
    csrf | xsrf | token | nonce | authenticity | requestverificationtoken | middlewaretoken
    honeypot | sid | sessionid | signature | timestamp | countdown | timeleft
  `,
  newsletter: 'newsletter | subscribe | optin | opt in | marketing | mailinglist | mailing list',
  terms: `
    terms | tos | agb | agree | consent | conditions | accept | privacy | gdpr | cgv | policy
  `,
  quantity: 'quantity | qty | menge | anzahl | count | quantite | cantidad',
  message: `
    message | msg | enquiry | inquiry | body | question | description | details | comments
    comment | cover letter | coverletter | motivation | feedback | nachricht | mensaje | content
    remarks | reason | request
  `,
  email: 'email | e mail | mail',
  phone: 'phone | tel | telephone | mobile | cell | telefon | fax',
  name: `
    name | firstname | lastname | fullname | fname | lname | surname | vorname | nachname
    first name | last name | full name | forename | nom | prenom | nombre | apellido
  `,
  address: `
    address | street | address1 | address2 | line1 | line2 | strasse | addr | house number
    adresse
  `,
  postcode: 'postcode | postal | zip | zipcode | plz | postalcode | postal code',
  place: 'city | town | state | province | region | country | ort | stadt | land | county',
  birth: `
    birthday | birthdate | birth | dob | date of birth | nationality | passport | ssn | gender
    tax id
  `,
  delivery: `
    shipping method | delivery method | shipping option | delivery option | delivery | shipping
    carrier | shipment
  `,
  amount: 'amount | donation | bid | tip | contribution',
  locale: 'language | locale | lang | currency',
}
