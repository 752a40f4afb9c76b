/*
 * Words of addresses, body keys and operation names. Programs name these in English whatever the
 * shop's language, so the lists have no languages; the few local ones are path words of shops in that
 * language. Written for Holdpoint from the public API documentation and routes of WooCommerce, Magento,
 * Shopify, Medusa, Spree and Solidus, Sylius, django-oscar, Stripe, PayPal, Adyen and Braintree.
 */

/** Done to an order noun, money moves: `place-order`, `checkout/complete`, `cartsComplete`. */
export const COMMIT_VERBS = `
  place placed submit submitting confirm complete completed finalize finalise finish pay purchase buy
  charge capture authorize authorise process execute book reserve donate bid commit create make send
`

/** What the verbs act on. */
export const ORDER_NOUNS = `
  order orders checkout purchase purchases payment payments booking bookings reservation reservations
  donation donations bid bids transaction transactions charge charges sale sales subscription
  subscriptions invoice invoices pledge pledges contribution contributions trade
  bestellung bestellungen kasse zahlung buchung commande commandes paiement reservation pedido pedidos
  compra pago ordine ordini pagamento bestelling betaling encomenda zamowienie platnosc
`

/** Nouns for which only some verbs commit: `carts/:id/complete` does, `cart/create` does not. */
export const CART_NOUNS = 'cart carts basket baskets bag'

/** The last segment of a POST that commits by itself: `POST /events/12/book`. */
export const COMMIT_SEGMENTS = `
  buy purchase pay charge donate bid placeorder buynow paynow oneclick oneclickbuy
  onetap 1tap onetapbuy quickbuy instantbuy completeorder submitorder confirmorder payorder createorder processpayment
  makepayment ordernow acheter commander payer comprar pagar acquista paga kaufen
  bestellen bezahlen betalen zaplac zamow kop bestall betala
`

/** Beside an order noun they make the request a harmless side issue: `payment-methods`, `order-status`. */
export const SIDE_WORDS = `
  method methods option options type types status state history list search session sessions quote
  quotes draft drafts config settings validate validation validator check estimate calculate
  calculation totals total count recent tracking track print export download refresh sync read nonce
  csrf push webpush event events log logs preferences notification notifications email emails
`

/** Beside an order noun they make it no order by its name alone, but nothing harmless either. */
export const ASIDE_WORDS = `
  intent intents token tokens link summary preview detail details info verify review reviews rating
  note notes comment comments label receipt import update updates return returns success failure
  confirmation received thankyou thanks address addresses upsell upsells step steps profile terms
  message messages attributes
`

/** Requests that change nothing a person must be asked about, wherever they stand in the address. */
export const HARMLESS_ANYWHERE = `
  analytics telemetry beacon metrics pageview pageviews impression impressions rum vitals
  sentry envelope gtm gtag pixel heartbeat ping captcha recaptcha hcaptcha turnstile csp cspreport
  autosave autocomplete autosuggest typeahead newsletter wishlist wishlists favorites favourites
  clickstream hotjar amplitude mixpanel matomo piwik datadog newrelic logging clientlog
`

/** The same, as (one word of) the last segment. */
export const HARMLESS_LAST = `
  validate validation validator check quote quotes estimate estimates calculate calc rate rates
  coupon coupons voucher vouchers promo promos promotion promotions promocode discount discounts
  giftcard giftcards cart carts basket baskets bag minicart search suggest suggestions lookup filter
  filters sort login signin logout signout session sessions csrf oauth draft drafts track tracking
  log logs events stats consent cookie cookies gdpr locale language lang currency theme i18n geo
  recommendations availability stock timeslots totals total preview poll status health wish
  favorite favourite compare recentlyviewed views seen typing presence subscribe newsletters
  exists suggestaddress geocode postcodes zipcode refreshtoken warenkorb panier carrito carrello
  koszyk varukorg winkelwagen carrinho
`

/** Steps of a checkout before the last one, as the last segment. */
export const STEP_SEGMENTS = `
  address addresses shipping delivery customer contact guest information billing email recipient
  shippingaddress billingaddress deliveryaddress shippingmethod shippingmethods shippinginformation
  deliveryoptions deliverymethod selectshipping select selectpayment setpayment paymentmethod
  paymentmethods adresse lieferung versand livraison envio spedizione
`

/** First words of an operation that only prepares: `setPaymentMethodOnCart`. */
export const PREPARING_VERBS = `
  set add update remove get list validate apply estimate calculate select assign delete fetch load sync
  save check track query search change edit attach associate start begin init initialize initiate open
  view preview request
`

/** First words of an operation that only asks or works something out. */
export const ASKING_VERBS = `
  get list validate estimate calculate check load fetch query search view preview track
`

/** Prefixes of programs, which say nothing about the operation. */
export const VENDOR_PREFIXES =
  'woocommerce wc magento shopify spree sylius oscar saleor medusa app my'

/** Keys whose value names what the request does: `action=place_order`. */
export const ACTION_KEYS =
  'action cmd command op operation do task method route mode ajax fn func call intent submit button'

/** Body keys that carry the means of payment. */
export const PAYMENT_KEYS = `
  card number | cardnumber | cc number | ccnumber | card no | cvc | cvv | iban | payment method | paymentmethod | payment token
  stripe token | payment nonce | payment method nonce | payment data | payment source | payment option | nonce payment
  paypal order | payer id | payment id | bank account | wallet token | card token
`

/** Hosts that settle payments for shops; a shop's page sends the commit there itself. */
export const SETTLEMENT_HOSTS = [
  'api.stripe.com',
  'api.paypal.com',
  'api-m.paypal.com',
  'www.paypal.com',
  'payments.braintree-api.com',
  'api.braintreegateway.com',
  'checkoutshopper-live.adyen.com',
  'checkoutshopper-test.adyen.com',
  'api.klarna.com',
  'api.mollie.com',
  'api.checkout.com',
  'api.squareup.com',
  'pci-connect.squareup.com',
  'api.razorpay.com',
  'secure.payu.com',
  'secure.przelewy24.pl',
] as const

/** Words in the host of a frame where a shop lets a payment provider take the card. */
export const PAYMENT_FRAME_HOSTS = `
  stripe braintree braintreegateway adyen paypal klarna mollie squareup square checkout worldpay
  cybersource payu razorpay affirm afterpay sezzle amazonpay payments securepay computop
  unzer wallee przelewy24 mercadopago authorize spreedly recurly chargebee paddle
`
