import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: written for Holdpoint from the common wording of shop buttons. For de, fr, es, it, nl, pt,
 * pl, sv, ja and zh compared with the words that the public translations of Solidus (BSD-3-Clause) use
 * for "place order", "pay", "checkout", "confirm order" and "continue"; no file was copied. da, nb, fi
 * and ko are unchecked by a native speaker.
 */

/** Says by itself that an order, payment, booking, bid or gift is made now. */
export const FINAL_LABELS: WordsByLanguage = {
  en: `
    =pay | pay now | pay securely | pay with | pay by | pay for | pay and | & pay | and pay
    pay the | pay deposit | pay invoice | pay in full | =pay order | =pay total | make payment
    make a payment | submit payment | confirm payment | complete payment | authorize payment
    authorise payment | approve payment | place order | place your order | place my order
    place the order | place an order | submit order | submit my order | submit your order
    send order | confirm order | confirm your order | confirm my order | confirm purchase
    confirm booking | confirm reservation | confirm donation | confirm bid | confirm subscription
    complete order | complete your order | complete my order | complete purchase
    complete your purchase | complete booking | complete your booking | complete reservation
    complete checkout | finalize order | finalise order | finish order | finish and pay
    order and pay | order with obligation to pay | purchase now | place bid | place your bid
    donate now | give now | send donation | start paid plan | start subscription
    subscribe and pay | purchase order now
  `,
  de: `
    =bezahlen | =zahlen | jetzt bezahlen | jetzt zahlen | jetzt verbindlich | kostenpflichtig
    zahlungspflichtig* | bestellung abschließen | bestellung absenden | bestellung abschicken
    bestellung aufgeben | bestellung bestätigen | bestellung senden | verbindlich bestellen
    verbindlich buchen | kauf abschließen | kauf bestätigen | zahlung bestätigen
    zahlung abschließen | zahlung ausführen | zahlung freigeben | buchung abschließen
    buchung bestätigen | reservierung bestätigen | gebot abgeben | gebot bestätigen | jetzt spenden
    bezahlen mit | mit paypal bezahlen | und bezahlen | & bezahlen
  `,
  fr: `
    =payer | payer maintenant | payer la commande | payer ma commande | payer avec | payer par
    et payer | valider la commande | valider ma commande | valider et payer | valider le paiement
    valider mon paiement | confirmer la commande | confirmer ma commande | confirmer l'achat
    confirmer le paiement | confirmer la réservation | confirmer et payer | finaliser la commande
    finaliser ma commande | finaliser l'achat | commande avec obligation de paiement
    commander avec obligation de paiement | effectuer le paiement | placer une enchère
    faire un don maintenant | =je donne
  `,
  es: `
    =pagar | pagar ahora | pagar con | pagar pedido | y pagar | confirmar pedido
    confirmar el pedido | confirmar compra | confirmar la compra | confirmar pago
    confirmar y pagar | confirmar reserva | finalizar pedido | finalizar el pedido
    completar pedido | completar compra | completar la compra | completar pago | enviar pedido
    hacer el pedido | pedido con obligación de pago | realizar pago | realizar el pago
    realizar la compra | donar ahora | pujar ahora
  `,
  it: `
    =paga | =pagare | paga ora | paga adesso | paga con | e paga | conferma ordine
    conferma l'ordine | conferma acquisto | conferma l'acquisto | conferma pagamento
    conferma e paga | conferma prenotazione | completa ordine | completa l'ordine
    completa l'acquisto | completa acquisto | invia ordine | invia l'ordine | effettua ordine
    effettua l'ordine | effettua il pagamento | effettua pagamento | ordine con obbligo di pagare
    concludi ordine | dona ora
  `,
  nl: `
    =betalen | =betaal | nu betalen | betaal nu | betalen met | en betalen | en betaal
    bestelling plaatsen | plaats bestelling | bestelling bevestigen | bevestig bestelling
    bestelling afronden | bestellen en betalen | bestelling met betalingsverplichting
    betaling bevestigen | boeking bevestigen | reservering bevestigen | aankoop voltooien
    bod plaatsen | doneer nu
  `,
  pt: `
    =pagar | pagar agora | pagar com | e pagar | confirmar pedido | confirmar o pedido
    confirmar encomenda | confirmar compra | confirmar pagamento | confirmar e pagar
    confirmar reserva | finalizar pedido | finalizar encomenda | finalizar pagamento
    concluir pedido | concluir compra | concluir encomenda | fazer pedido | fazer o pedido
    fazer encomenda | enviar pedido | efetuar pagamento | efetuar o pagamento
    encomenda com obrigação de pagar | doar agora
  `,
  pl: `
    =zapłać teraz | zapłać* | złóż zamówienie | złóż i opłać | potwierdź zamówienie
    potwierdź zakup | potwierdź płatność | potwierdzam zamówienie | potwierdź rezerwację
    zamawiam i płacę | zamawiam z obowiązkiem zapłaty | zamówienie z obowiązkiem zapłaty
    kupuję i płacę | sfinalizuj zamówienie | wyślij zamówienie | opłać zamówienie | =płacę
    wpłać teraz
  `,
  sv: `
    =betala | betala nu | betala med | och betala | slutför köp | slutför köpet
    slutför beställning | slutför beställningen | slutför betalning | bekräfta köp
    bekräfta beställning | bekräfta order | bekräfta betalning | bekräfta bokning | placera order
    lägg beställning | lägg order | skicka beställning | genomför köp | genomför betalning
    lägg bud | skänk nu
  `,
  da: `
    =betal | betal nu | betal med | og betal | gennemfør køb | gennemfør ordre
    gennemfør bestilling | bekræft ordre | bekræft køb | bekræft betaling | afgiv ordre
    afgiv bestilling | bestilling med betalingsforpligtelse
  `,
  nb: `
    =betal | betal nå | betal med | og betal | fullfør kjøp | fullfør kjøpet | fullfør ordre
    fullfør bestilling | bekreft ordre | bekreft kjøp | bekreft bestilling | bekreft betaling
    legg inn bestilling | send bestilling
  `,
  fi: `
    =maksa | maksa nyt | maksa tilaus | ja maksa | vahvista tilaus | vahvista maksu | vahvista osto
    lähetä tilaus | tee tilaus | viimeistele tilaus | viimeistele osto | tilaus ja maksu
  `,
  ja: `
    注文を確定 | 注文確定 | 注文する | 注文を送信 | ご注文を確定 | 購入を確定 | 購入確定 | 支払う | 支払いを確定 | 支払いを完了 | お支払いする | 決済する
    予約を確定 | 予約確定 | 入札する | 寄付する
  `,
  zh: `
    提交订单 | 提交訂單 | 确认订单 | 確認訂單 | 确认付款 | 確認付款 | 确认支付 | 確認支付 | 确认购买 | 確認購買 | 立即支付 | 立即付款 | 马上付款 | =支付
    =付款 | =下单 | =下單 | 送出訂單 | 立即下单 | 立即下單 | 确认预订 | 立即捐款
  `,
  ko: '결제하기 | 지금 결제 | =결제 | 주문 완료 | 주문 확정 | 구매 확정 | 구매 완료 | 예약 확정 | 입찰하기 | 기부하기',
}

/** Orders at once from a product page ("one click"), or is the shop's word for that. */
export const ONE_CLICK_LABELS: WordsByLanguage = {
  en: `
    buy it now | buy now | 1-click | one-click | 1 click | one click | instant buy | quick buy
    order now | book now | buy instantly
  `,
  de: 'jetzt kaufen | sofort kaufen | sofortkauf | jetzt bestellen | jetzt buchen | direkt kaufen',
  fr: `
    acheter maintenant | achat immédiat | acheter tout de suite | commander maintenant
    réserver maintenant
  `,
  es: 'comprar ahora | comprar ya | cómpralo ya | pedir ahora | reservar ahora',
  it: 'acquista ora | compra ora | compralo subito | acquista subito | ordina ora | prenota ora',
  nl: 'nu kopen | koop nu | direct kopen | nu bestellen | bestel nu | boek nu | nu boeken',
  pt: 'comprar agora | compre agora | comprar já | pedir agora | reservar agora',
  pl: 'kup teraz | kupuję teraz | zamów teraz | rezerwuj teraz | zarezerwuj teraz',
  sv: 'köp nu | köp direkt | beställ nu | boka nu',
  da: 'køb nu | bestil nu | book nu',
  nb: 'kjøp nå | bestill nå | book nå',
  fi: 'osta heti | osta nyt | tilaa nyt | varaa nyt',
  ja: '今すぐ購入 | 今すぐ買う | 今すぐ注文 | すぐに購入 | ワンクリック購入 | 今すぐ予約',
  zh: '立即购买 | 立即購買 | 马上购买 | 立刻购买 | 一键购买 | 直接購買 | 立即预订',
  ko: '바로 구매 | 바로구매 | 즉시 구매 | 지금 구매 | 지금 예약',
}

/**
 * Orders on one shop and only leads to the order on another: the page must show by other evidence
 * which one it is.
 */
export const MAYBE_FINAL_LABELS: WordsByLanguage = {
  en: `
    =buy | =purchase | =order | =book | =reserve | =donate | =bid | =give | =subscribe
    =contribute | buy for | order for | purchase for | buy tickets | buy ticket | book room
    =buy again | =order again | =reorder | =buy it again | =repeat order | =repeat purchase
    reserve room | get tickets | donate | subscribe for | start membership | upgrade now | complete
    finish checkout | reserve now | request to book | i agree and | agree and
  `,
  de: `
    =nochmal kaufen | =nochmals kaufen | =erneut kaufen | =erneut bestellen | =nochmal bestellen
    =nochmals bestellen | =wieder kaufen | =nachbestellen
    =kaufen | =bestellen | =buchen | =reservieren | =spenden | =bieten | bestellen | tickets kaufen
    abonnieren für | abschließen
  `,
  fr: `
    =acheter à nouveau | =acheter de nouveau | =commander à nouveau | =racheter | =recommander
    =acheter | =commander | =réserver | =donner | =enchérir | passer la commande | passer commande
    je commande | faire un don | terminer | procéder au règlement
  `,
  es: `
    =comprar de nuevo | =volver a comprar | =repetir pedido
    =comprar | =pedir | =reservar | =donar | =pujar | realizar pedido | realizar el pedido
    finalizar compra | finalizar la compra | tramitar pedido | hacer pedido
  `,
  it: `
    =acquista di nuovo | =compra di nuovo | =ordina di nuovo | =riordina
    =acquista | =compra | =ordina | =prenota | =dona | =offri | procedi con ordine
    procedi con l'ordine | ordina e
  `,
  nl: `
    =opnieuw kopen | =opnieuw bestellen
    =kopen | =koop | =bestellen | =bestel | =boeken | =boek | =reserveren | =doneren | =bieden
    =afrekenen | voltooien | afronden
  `,
  pt: `
    =comprar | =pedir | =encomendar | =reservar | =doar | finalizar compra | finalizar a compra
    fechar pedido | concluir
  `,
  pl: `
    =kup | =kupuję | =zamów | =zamawiam | =rezerwuj | =zarezerwuj | =licytuj | =wesprzyj
    złożenie zamówienia | finalizacja
  `,
  sv: '=köp | =beställ | =boka | =reservera | =skänk | =ge | slutför',
  da: '=køb | =bestil | =book | =reserver | =donér | gennemfør',
  nb: '=kjøp | =bestill | =book | =reserver | =doner | fullfør',
  fi: '=osta | =tilaa | =varaa | =lahjoita | viimeistele',
  ja: '購入する | =購入 | =注文 | 買う | 購入手続き | ご購入 | 予約 | 申し込む',
  zh: '购买 | 購買 | 下单 | 下單 | 预订 | 預訂 | 捐款 | 结算 | 結算 | 去支付 | 去付款',
  ko: '구매하기 | =구매 | =주문 | =예약 | 예약하기 | =기부 | 주문하기',
}
