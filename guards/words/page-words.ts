import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: as in final-labels.ts. Words of headings, page titles, dialogs and small print that tell
 * which step of an order a page is.
 */

/** Headings of the step where a way to pay is given. */
export const PAYMENT_HEADINGS: WordsByLanguage = {
  en: `
    payment | payments | pay for | how would you like to pay | billing and payment | card details
    make a payment
  `,
  de: `
    zahlung | bezahlung | bezahlen | zahlungsart* | zahlungsmethode* | zahlungsdaten
    zahlungsinformationen | kartendaten
  `,
  fr: 'paiement | règlement | mode de paiement | moyen de paiement | coordonnées bancaires',
  es: 'pago | forma de pago | método de pago | datos de pago',
  it: 'pagamento | metodo di pagamento | dati di pagamento',
  nl: 'betaling | betalen | betaalmethode* | betaalwijze* | betaalgegevens',
  pt: 'pagamento | forma de pagamento | método de pagamento | dados de pagamento',
  pl: 'płatność | płatności | zapłata | metoda płatności | sposób płatności',
  sv: 'betalning | betala | betalsätt | betalningsmetod* | kortuppgifter',
  da: 'betaling | betal | betalingsmetode*',
  nb: 'betaling | betal | betalingsmåte*',
  fi: 'maksu | maksaminen | maksutapa | maksutiedot',
  ja: '支払い | 支払方法 | 決済',
  zh: '付款 | 支付',
  ko: '결제',
}

/** Headings of the step where the whole order is looked at for the last time. */
export const REVIEW_HEADINGS: WordsByLanguage = {
  en: `
    review order | review your order | review and | order review | confirm order
    confirm your order | confirm and pay | confirm payment | confirm purchase
    confirm your purchase | place order | place your order | confirm booking | confirm your booking
    review your booking | complete order | complete your order | complete your purchase
    check and confirm | final step | order confirmation | confirm bid | confirm donation
    review purchase | check your order | =confirm | =review
  `,
  de: `
    bestellung prüfen | bestellung überprüfen | bestellung bestätigen | prüfen und bestellen
    prüfen & bestellen | prüfen und kaufen | bestellübersicht | bestellung abschließen
    zahlungspflichtig* | buchung bestätigen | buchung prüfen | angaben prüfen | kauf bestätigen
    =bestätigung | =überprüfung | =überprüfen | letzter schritt
  `,
  fr: `
    vérifier la commande | vérifiez votre commande | vérification de la commande
    confirmer la commande | confirmez votre commande | confirmation de commande
    valider la commande | récapitulatif | confirmer la réservation | dernière étape | =vérification
  `,
  es: `
    revisar pedido | revisa tu pedido | revise su pedido | confirmar pedido | confirma tu pedido
    confirmar compra | resumen y pago | confirmar reserva | último paso | =revisión
  `,
  it: `
    rivedi ordine | rivedi l'ordine | controlla l'ordine | verifica ordine | conferma ordine
    conferma l'ordine | conferma acquisto | conferma prenotazione | ultimo passo | =verifica
  `,
  nl: `
    bestelling controleren | controleer je bestelling | controleer uw bestelling
    bestelling bevestigen | bevestig je bestelling | overzicht en betalen | laatste stap
  `,
  pt: `
    rever pedido | revisar pedido | revise seu pedido | confirmar pedido | confirme o seu pedido
    confirmar encomenda | confirmar compra | confirmar reserva | última etapa | =revisão
  `,
  pl: `
    sprawdź zamówienie | podsumowanie zamówienia | potwierdź zamówienie | potwierdzenie zamówienia
    złóż zamówienie | ostatni krok
  `,
  sv: `
    granska order | granska din beställning | bekräfta order | bekräfta köp | bekräfta beställning
    sista steget
  `,
  da: 'gennemse ordre | bekræft ordre | bekræft køb | bekræft bestilling',
  nb: 'se gjennom bestilling | bekreft ordre | bekreft kjøp | bekreft bestilling',
  fi: 'tarkista tilaus | vahvista tilaus | tilauksen vahvistus',
  ja: '注文内容の確認 | ご注文内容 | 注文の確認 | 注文を確定 | 最終確認 | 予約内容の確認',
  zh: '确认订单 | 確認訂單 | 订单确认 | 核对订单 | 确认支付',
  ko: '주문 확인 | 주문 검토 | 주문 확정 | 예약 확인',
}

/** Headings of steps that come before: who, where to, how delivered. */
export const EARLIER_STEP_HEADINGS: WordsByLanguage = {
  en: `
    shipping | delivery | address | addresses | your details | personal details | contact details
    contact information | customer information | personal information | guest details | sign in
    log in | returning customer | how would you like to receive | pick up | pickup | coupon
    gift card | promo code | discount code | newsletter
  `,
  de: `
    versand | versandart | lieferung | lieferadresse | adresse | rechnungsadresse | anschrift
    persönliche angaben | persönliche daten | kontaktdaten | ihre daten | anmelden | gutschein
    rabattcode | newsletter
  `,
  fr: `
    livraison | expédition | adresse | adresses | coordonnées | informations personnelles
    vos informations | identification | connexion | code promo | newsletter
  `,
  es: `
    envío | entrega | dirección | datos personales | datos de contacto | identificación | cupón
    iniciar sesión
  `,
  it: `
    spedizione | consegna | indirizzo | dati personali | dati di contatto | accedi | codice sconto
  `,
  nl: `
    verzending | bezorging | levering | adres | adresgegevens | bezorgadres | gegevens
    contactgegevens | inloggen | kortingscode
  `,
  pt: `
    envio | entrega | endereço | morada | dados pessoais | identificação | cupom | iniciar sessão
  `,
  pl: 'dostawa | wysyłka | adres | dane osobowe | dane kontaktowe | logowanie | kod rabatowy',
  sv: `
    frakt | leverans | adress | leveransadress | dina uppgifter | kontaktuppgifter | logga in
    rabattkod
  `,
  da: `
    levering | forsendelse | adresse | dine oplysninger | kontaktoplysninger | log ind | rabatkode
  `,
  nb: 'levering | frakt | adresse | dine opplysninger | kontaktinformasjon | logg inn | rabattkode',
  fi: 'toimitus | osoite | yhteystiedot | omat tiedot | kirjaudu | alennuskoodi',
  ja: '配送 | お届け先 | 住所 | お客様情報 | 連絡先 | ログイン | クーポン',
  zh: '配送 | 收货地址 | 收貨地址 | 地址 | 联系方式 | 个人信息 | 登录 | 优惠券',
  ko: '배송 | 주소 | 연락처 | 개인 정보 | 로그인 | 쿠폰',
}

/** Headings and titles of a cart. */
export const CART_HEADINGS: WordsByLanguage = {
  en: 'cart | shopping cart | basket | shopping basket | bag | shopping bag | trolley',
  de: 'warenkorb | einkaufswagen | einkaufskorb',
  fr: 'panier | mon panier | votre panier',
  es: 'carrito | cesta | mi cesta',
  it: 'carrello',
  nl: 'winkelwagen | winkelmand | winkelmandje',
  pt: 'carrinho | cesto | sacola',
  pl: 'koszyk | twój koszyk',
  sv: 'varukorg | varukorgen | kundvagn',
  da: 'kurv | indkøbskurv',
  nb: 'handlekurv | handlevogn',
  fi: 'ostoskori',
  ja: 'カート | 買い物かご',
  zh: '购物车 | 購物車',
  ko: '장바구니',
}

/** Small print that binds: "By placing your order you agree …". */
export const BINDING_NOTES: WordsByLanguage = {
  en: `
    by placing | by clicking | by ordering | by paying | by purchasing | by submitting your order
    by completing | by confirming | by continuing you agree | you will be charged
    card will be charged | we will charge | terms of sale | terms and conditions of sale
    right of withdrawal | non-refundable | binding order | legally binding | authorise us to charge
    authorize us to charge
  `,
  de: `
    mit klick auf | mit dem klick auf | mit ihrer bestellung | mit der bestellung
    mit deiner bestellung | kostenpflichtig* | zahlungspflichtig* | widerrufsrecht
    widerrufsbelehrung | verbindlich* | wird belastet | agb
  `,
  fr: `
    en passant commande | en cliquant sur | en validant | obligation de paiement | sera débité*
    conditions générales de vente | cgv | droit de rétractation
  `,
  es: `
    al realizar el pedido | al hacer clic en | al confirmar | obligación de pago | se le cobrará
    condiciones de venta | condiciones generales
  `,
  it: `
    effettuando l'ordine | cliccando su | confermando | obbligo di pagare | verrà addebitato
    condizioni di vendita | diritto di recesso
  `,
  nl: `
    door te bestellen | door op | betalingsverplichting | wordt afgeschreven | algemene voorwaarden
    herroepingsrecht
  `,
  pt: `
    ao finalizar | ao clicar em | ao confirmar | obrigação de pagar | será cobrado
    condições de venda | condições gerais
  `,
  pl: `
    składając zamówienie | klikając | obowiązkiem zapłaty | regulamin sklepu | prawo odstąpienia
  `,
  sv: 'genom att slutföra | genom att klicka | genom att beställa | köpvillkor* | ångerrätt*',
  da: 'ved at gennemføre | ved at klikke | handelsbetingelser* | fortrydelsesret*',
  nb: 'ved å fullføre | ved å klikke | kjøpsvilkår* | angrerett*',
  fi: 'tekemällä tilauksen | klikkaamalla | toimitusehdot | peruutusoikeus',
  ja: '注文を確定すると | 注文することにより | 特定商取引法 | 利用規約に同意',
  zh: '提交订单即 | 点击 | 购买协议 | 服务条款',
  ko: '주문하시면 | 결제 진행에 동의 | 구매조건',
}

/** Small print that says the last word is still to come. */
export const REVIEW_LATER_NOTES: WordsByLanguage = {
  en: `
    not be charged yet | won't be charged yet | won’t be charged yet | review your order before
    review before you pay | next step you can review | can review your order | chance to review
    before your order is placed | not charged until | before placing your order
    no payment will be taken yet
  `,
  de: `
    im nächsten schritt prüfen | im nächsten schritt können | noch nicht belastet
    noch nicht kostenpflichtig | vor dem absenden noch | noch keine zahlung
  `,
  fr: `
    ne serez pas débité | étape suivante vous pourrez | vérifier votre commande avant
    pas encore débité*
  `,
  es: `
    aún no se le cobrará | todavía no se realizará | podrá revisar su pedido
    podrás revisar tu pedido
  `,
  it: "non verrà ancora addebitato | potrai rivedere l'ordine | potrai controllare",
  nl: 'nog niet afgeschreven | in de volgende stap kun | nog geen betaling | nog controleren',
  pt: 'ainda não será cobrado | poderá rever | poderá revisar | você poderá revisar',
  pl: 'nie zostaniesz jeszcze obciążony | w następnym kroku | będzie można sprawdzić',
  sv: 'debiteras inte ännu | i nästa steg kan | granska innan',
  ja: 'まだ請求されません | 次の画面で確認 | まだ注文は確定',
  zh: '尚未扣款 | 暂不扣款 | 下一步可确认',
  ko: '아직 결제되지 않',
}

/** Name of a checkout page. */
export const CHECKOUT_HEADINGS: WordsByLanguage = {
  en: 'checkout | check out | complete your order | your booking | donation | donate',
  de: 'kasse | bestellvorgang | bestellung | ihre buchung | spende',
  fr: 'caisse | commande | finaliser ma commande | réservation | don',
  es: 'finalizar compra | tramitar pedido | caja | tu reserva | donación',
  it: 'cassa | checkout | la tua prenotazione | donazione',
  nl: 'afrekenen | kassa | je boeking | donatie',
  pt: 'finalizar compra | checkout | encomenda | doação',
  pl: 'kasa | zamówienie | rezerwacja | darowizna',
  sv: 'kassa | kassan | din bokning | gåva',
  da: 'kassen | din booking',
  nb: 'kassen | din bestilling',
  fi: 'kassa | tilaus',
  ja: 'レジ | チェックアウト | ご注文手続き | ご予約手続き',
  zh: '结算 | 結帳 | 结账',
  ko: '주문서 | 체크아웃',
}
