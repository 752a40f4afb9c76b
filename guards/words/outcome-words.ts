import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: as in final-labels.ts; thanks and failure phrases compared with Solidus' "order processed
 * successfully" and "payment processing failed" in the ten languages.
 */

/** Words before the number of an order. `#` stands for them in any language. */
export const ORDER_NUMBER_NOUNS: WordsByLanguage = {
  en: `
    order number | order no | order id | order reference | order code | order | purchase number
    purchase order
  `,
  de: 'bestellnummer | bestellnr | auftragsnummer | bestellung nr | bestellung | auftrag',
  fr: 'numéro de commande | n° de commande | commande',
  es: 'número de pedido | n.º de pedido | nº de pedido | pedido',
  it: "numero d'ordine | numero ordine | numero dell'ordine | ordine",
  nl: 'bestelnummer | ordernummer | bestelling',
  pt: 'número do pedido | número da encomenda | pedido | encomenda',
  pl: 'numer zamówienia | nr zamówienia | zamówienie | zamówienia',
  sv: 'ordernummer | beställningsnummer | beställning | order',
  da: 'ordrenummer | ordre | bestilling',
  nb: 'ordrenummer | bestillingsnummer | ordre | bestilling',
  fi: 'tilausnumero | tilaus',
  ja: 'ご注文番号 | 注文番号 | 注文id | 注文',
  zh: '订单编号 | 订单号 | 訂單編號 | 訂單號碼 | 订单',
  ko: '주문 번호 | 주문번호 | 주문',
}

/** Words before a number of another kind, with the English word that people see. */
export const BOOKING_NUMBER_NOUNS: WordsByLanguage = {
  en: `
    booking number | booking reference | booking code | booking id | booking | reservation number
    reservation code | reservation
  `,
  de: 'buchungsnummer | buchungscode | buchung | reservierungsnummer | reservierung',
  fr: 'numéro de réservation | réservation',
  es: 'número de reserva | localizador | reserva',
  it: 'numero di prenotazione | codice prenotazione | prenotazione',
  nl: 'boekingsnummer | reserveringsnummer | boeking | reservering',
  pt: 'número da reserva | código da reserva | reserva',
  pl: 'numer rezerwacji | rezerwacja',
  sv: 'bokningsnummer | bokning',
  ja: '予約番号',
  zh: '预订号 | 预订编号',
  ko: '예약 번호',
}

/** Words before a reference that says only that something was confirmed or received. */
export const REFERENCE_NOUNS: WordsByLanguage = {
  en: `
    confirmation number | confirmation code | confirmation | reference number | reference
    ticket number | ticket | case number | case | request number | transaction id | receipt number
  `,
  de: `
    bestätigungsnummer | vorgangsnummer | referenznummer | ticketnummer | referenz | aktenzeichen
  `,
  fr: 'numéro de confirmation | référence | numéro de dossier',
  es: 'número de confirmación | referencia | número de caso',
  it: 'numero di conferma | riferimento | numero pratica',
  nl: 'bevestigingsnummer | referentienummer | referentie',
  pt: 'número de confirmação | referência | protocolo',
  pl: 'numer potwierdzenia | numer referencyjny | numer zgłoszenia',
  sv: 'bekräftelsenummer | referensnummer | ärendenummer',
  ja: '確認番号 | 受付番号',
  zh: '确认号 | 受理编号',
  ko: '확인 번호 | 접수 번호',
}

/** The site says that it took the order. */
export const THANKS_WORDS: WordsByLanguage = {
  en: `
    thank you | thanks for | order confirmed | order placed | order received | order complete
    order completed | booking confirmed | payment successful | payment received | purchase complete
    successfully placed | has been placed | has been received | is confirmed
    we have received your order | your order is on
  `,
  de: `
    vielen dank | danke | bestellung erhalten | bestellung eingegangen | bestellung bestätigt
    erfolgreich | bestellbestätigung | buchung bestätigt | zahlung erhalten
  `,
  fr: `
    merci | commande confirmée | commande reçue | commande a été | paiement accepté
    réservation confirmée | avec succès
  `,
  es: `
    gracias | pedido confirmado | pedido recibido | pedido realizado | pago realizado
    reserva confirmada | con éxito
  `,
  it: `
    grazie | ordine confermato | ordine ricevuto | ordine completato | pagamento riuscito
    prenotazione confermata | con successo
  `,
  nl: `
    bedankt | dank u | dank je | bestelling ontvangen | bestelling geplaatst | bestelling bevestigd
    betaling ontvangen | succesvol
  `,
  pt: `
    obrigado | obrigada | pedido confirmado | pedido recebido | pedido realizado
    encomenda confirmada | pagamento aprovado | com sucesso
  `,
  pl: `
    dziękujemy | dziękuję | zamówienie zostało | zamówienie przyjęte | płatność przyjęta
    pomyślnie
  `,
  sv: 'tack | order mottagen | beställning mottagen | order bekräftad | betalning mottagen',
  da: 'tak for | ordre modtaget | ordrebekræftelse',
  nb: 'takk for | ordre mottatt | ordrebekreftelse',
  fi: 'kiitos | tilaus vastaanotettu | tilausvahvistus',
  ja: 'ありがとうございます | ありがとうございました | 注文が完了 | 注文を承りました | 受け付けました | 完了しました',
  zh: '感谢 | 感謝 | 谢谢 | 謝謝 | 下单成功 | 支付成功 | 订单已提交 | 付款成功 | 预订成功',
  ko: '감사합니다 | 주문이 완료 | 주문 완료 | 결제가 완료 | 결제 완료 | 예약 완료',
}

/** The site says that a form reached it. */
export const SENT_WORDS: WordsByLanguage = {
  en: `
    message has been sent | message sent | request has been sent | has been submitted
    successfully submitted | application received | application has been | thank you for contacting
    thank you for your message | thank you for your application | thank you for applying
    thank you for registering | we have received your | we will get back to you
    registration complete | account has been created | thank you
  `,
  de: `
    nachricht wurde gesendet | nachricht gesendet | wurde übermittelt | wurde gesendet
    bewerbung erhalten | bewerbung eingegangen | vielen dank für ihre | vielen dank für deine
    wir melden uns | registrierung abgeschlossen | vielen dank
  `,
  fr: `
    message a été envoyé | message envoyé | demande a été | candidature a été | merci pour
    merci de nous avoir
  `,
  es: `
    mensaje ha sido enviado | mensaje enviado | solicitud ha sido | hemos recibido | gracias por
  `,
  it: `
    messaggio è stato inviato | messaggio inviato | richiesta è stata | abbiamo ricevuto
    grazie per
  `,
  nl: 'bericht is verzonden | is verstuurd | we hebben je | we hebben uw | bedankt voor',
  pt: `
    mensagem foi enviada | mensagem enviada | recebemos | obrigado por | obrigado pelo
    obrigado pela
  `,
  pl: 'wiadomość została wysłana | zgłoszenie zostało | otrzymaliśmy | dziękujemy za',
  sv: 'meddelande har skickats | har mottagit | tack för',
  ja: '送信しました | 送信されました | 受け付けました | 送信が完了 | ありがとうございます | 登録が完了',
  zh: '已发送 | 提交成功 | 已收到 | 注册成功 | 发送成功 | 感谢您',
  ko: '전송되었습니다 | 접수되었습니다 | 제출되었습니다 | 가입이 완료',
}

/** The site says that it did not happen. */
export const FAILURE_WORDS: WordsByLanguage = {
  en: `
    declined | payment failed | card was refused | has been refused | not successful | unsuccessful
    could not be processed | could not process | unable to process | failed | could not be placed
    order was not placed | order cancelled | order canceled | has been cancelled
    has been canceled | insufficient funds | transaction error | payment error | error | rejected
    try again | out of stock
  `,
  de: `
    abgelehnt | fehlgeschlagen | nicht erfolgreich | konnte nicht | fehler | storniert
    nicht gedeckt | erneut versuchen | ausverkauft | zahlung verweigert
  `,
  fr: `
    refusé* | échec | échoué* | n'a pas pu | erreur | annulée | réessayer | rupture de stock
    ne peut être effectué
  `,
  es: `
    rechazad* | denegad* | fallido | ha fallado | no se ha podido | no se pudo | error | cancelado
    inténtelo de nuevo | inténtalo de nuevo | agotado
  `,
  it: `
    rifiutat* | fallito | non riuscito | non è stato | non è andato | errore | annullato | riprova
    esaurito
  `,
  nl: `
    geweigerd | mislukt | niet gelukt | kon niet | kan niet worden verwerkt | fout | geannuleerd
    probeer opnieuw | uitverkocht
  `,
  pt: `
    recusad* | rejeitad* | falhou | não foi possível | não foi processado | erro | cancelado
    tente novamente | esgotado
  `,
  pl: `
    odrzucon* | niepowodzenie | nie powiodł* | nie udało się | błąd | anulowan* | spróbuj ponownie
    brak w magazynie
  `,
  sv: 'nekad* | nekat | misslyckades | kunde inte | fel | avbruten | försök igen | slut i lager',
  da: 'afvist | mislykkedes | kunne ikke | fejl | annulleret | prøv igen',
  nb: 'avvist | mislyktes | kunne ikke | feil | kansellert | prøv igjen',
  fi: 'hylätty | epäonnistui | ei voitu | virhe | peruttu | yritä uudelleen',
  ja: '失敗 | エラー | 拒否 | 承認されません | できませんでした | キャンセルされました | 在庫切れ',
  zh: '失败 | 失敗 | 错误 | 錯誤 | 拒绝 | 拒絕 | 被拒 | 已取消 | 无法处理 | 库存不足',
  ko: '실패 | 오류 | 거절 | 거부 | 취소되었습니다 | 처리할 수 없',
}
