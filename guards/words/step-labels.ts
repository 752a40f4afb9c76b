import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: written for Holdpoint from the common wording of shop buttons. For de, fr, es, it, nl, pt,
 * pl, sv, ja and zh compared with the words that the public translations of Solidus (BSD-3-Clause) use
 * for "place order", "pay", "checkout", "confirm order" and "continue"; no file was copied. da, nb, fi
 * and ko are unchecked by a native speaker.
 */

/** Leads to the checkout, or from one step of it to the next that it names. */
export const LEAD_LABELS: WordsByLanguage = {
  en: `
    checkout | check out | go to cart | view cart | view basket | view bag | secure checkout
    start order
  `,
  de: 'zur kasse | =kasse | zur bestellung | zum warenkorb | warenkorb ansehen',
  fr: `
    vers la caisse | passer à la caisse | voir le panier | procéder à la commande | aller au panier
  `,
  es: `
    ir a la caja | pasar por caja | ir a caja | ver carrito | ver cesta | iniciar compra
    proceder al pago | ir al pago
  `,
  it: 'vai alla cassa | alla cassa | procedi al checkout | vai al carrello | vedi carrello',
  nl: `
    naar kassa | naar de kassa | naar afrekenen | verder naar afrekenen | bekijk winkelwagen
    naar winkelwagen
  `,
  pt: 'ir para o checkout | ir para a caixa | ir ao carrinho | ver carrinho | fechar carrinho',
  pl: 'do kasy | przejdź do kasy | zobacz koszyk | przejdź do koszyka | realizuj zamówienie',
  sv: 'till kassan | till kassa | =kassa | gå till kassan | visa varukorg',
  da: 'til kassen | gå til kassen | gå til betaling | se kurv',
  nb: 'til kassen | gå til kassen | se handlekurv',
  fi: 'kassalle | siirry kassalle | näytä ostoskori',
  ja: 'レジに進む | レジへ進む | レジに進 | 購入手続きへ | ご購入手続きへ | カートを見る | 注文手続きへ | チェックアウト',
  zh: '去结算 | 去結算 | 去结账 | 结账 | 結帳 | 查看购物车 | 前往结算',
  ko: '주문서 작성 | 장바구니 보기 | 체크아웃',
}

/** Names the next step, so it cannot be the last one. */
export const NEXT_STEP_LABELS: WordsByLanguage = {
  en: `
    continue to | proceed to | go to | next: | next step | review order | review your order
    review and | on to | save and continue | use this address | deliver to this address
    ship to this address | use this payment method | continue as guest | choose delivery
  `,
  de: `
    weiter zu | weiter zur | weiter zum | nächster schritt | speichern und weiter
    bestellung prüfen | bestellung überprüfen | an diese adresse | als gast
  `,
  fr: `
    continuer vers | étape suivante | passer à | aller à | aller au | vérifier la commande
    revoir la commande | livrer à cette adresse
  `,
  es: `
    continuar con | continuar a | ir a | ir al | siguiente paso | paso siguiente | revisar pedido
    guardar y continuar | proceder a | enviar a esta dirección
  `,
  it: `
    continua con | prosegui con | procedi a | procedi al | procedi alla | vai a | vai al
    passo successivo | rivedi ordine | salva e continua | spedisci a questo
  `,
  nl: `
    verder naar | ga naar | door naar | doorgaan naar | volgende stap | bestelling controleren
    bewaren en doorgaan
  `,
  pt: `
    continuar para | ir para | próximo passo | próxima etapa | avançar para | passo seguinte
    rever pedido | revisar pedido | salvar e continuar
  `,
  pl: `
    przejdź do | dalej do | kontynuuj do | następny krok | zachowaj i kontynuuj
    sprawdź zamówienie | przejdź dalej
  `,
  sv: 'fortsätt till | gå till | nästa steg | vidare till | granska | spara och fortsätt',
  da: 'fortsæt til | gå til | næste trin | videre til',
  nb: 'fortsett til | gå til | neste steg | videre til',
  fi: 'jatka maksuun | jatka toimitukseen | seuraava vaihe | siirry | jatka kohtaan',
  ja: 'に進む | へ進む | 次へ進む | 次のステップ | 確認画面へ | 保存して続行 | 内容を確認 | 注文内容の確認',
  zh: '下一步 | 继续前往 | 前往 | 保存并继续 | 核对订单 | 查看订单',
  ko: '단계로 | 다음 단계 | 로 이동 | 으로 이동 | 주문 검토',
}

/** Goes back, closes, cancels or changes something: the opposite of an order. */
export const RETREAT_LABELS: WordsByLanguage = {
  en: `
    cancel | back | =close | =no | no thanks | not now | return to | edit | change | remove
    delete | continue shopping | keep shopping | start over | clear | dismiss | skip
  `,
  de: `
    abbrechen | stornieren | zurück | =schließen | =nein | nein danke | bearbeiten | ändern
    entfernen | löschen | weiter einkaufen | einkauf fortsetzen | weiter shoppen | überspringen
  `,
  fr: `
    annuler | retour | =fermer | =non | non merci | modifier | changer | supprimer | retirer
    continuer vos achats | continuer mes achats | poursuivre vos achats | effacer
    passer cette étape
  `,
  es: `
    cancelar | volver | atrás | =cerrar | =no | no gracias | editar | cambiar | modificar
    eliminar | quitar | seguir comprando | continuar comprando | borrar | omitir
  `,
  it: `
    annulla | indietro | torna | =chiudi | =no | modifica | cambia | rimuovi | elimina
    continua gli acquisti | continua lo shopping | salta
  `,
  nl: `
    annuleer | annuleren | terug | =sluiten | =nee | nee bedankt | bewerken | wijzigen | verwijder*
    verder winkelen | verder met winkelen | overslaan
  `,
  pt: `
    cancelar | voltar | =fechar | =não | editar | alterar | mudar | remover | excluir | eliminar
    continuar comprando | continuar a comprar | pular | limpar
  `,
  pl: `
    anuluj | rezygnuj | zrezygnuj | wróć | wstecz | powrót | =zamknij | =nie | edytuj | zmień
    usuń | kontynuuj zakupy | wyczyść | pomiń
  `,
  sv: `
    avbryt | tillbaka | =stäng | =nej | redigera | ändra | ta bort | fortsätt handla | rensa
    hoppa över
  `,
  da: `
    annuller | afbryd | tilbage | =luk | =nej | rediger | skift | fjern | slet
    fortsæt med at handle | ryd
  `,
  nb: 'avbryt | tilbake | =lukk | =nei | rediger | endre | fjern | slett | fortsett å handle | tøm',
  fi: `
    peruuta | takaisin | =sulje | =ei | muokkaa | vaihda | poista | jatka ostoksia | tyhjennä
    ohita
  `,
  ja: 'キャンセル | 戻る | に戻る | =閉じる | =いいえ | 編集 | 変更 | 削除 | 買い物を続ける | ショッピングを続ける | クリア | スキップ',
  zh: '取消 | 返回 | 后退 | =关闭 | =關閉 | =否 | 编辑 | 修改 | 更改 | 删除 | 刪除 | 移除 | 继续购物 | 繼續購物 | 清空 | 跳过',
  ko: '취소 | 뒤로 | 돌아가기 | =닫기 | =아니요 | 편집 | 수정 | 변경 | 삭제 | 제거 | 쇼핑 계속 | 초기화 | 건너뛰기',
}

/** Speaks of orders and payments without making one. */
export const ABOUT_ORDERS_LABELS: WordsByLanguage = {
  en: `
    order history | my orders | your orders | order status | order details | view order
    view orders | track order | track | order by | order number | sort | payment method
    payment methods | payment options | payment history | ways to pay | how to | pay later info
    learn more | buying guide | print | invoice | invoices | reorder list | receipt | book a demo
    wish list | order form | help | details | terms | policy | apply | redeem
  `,
  de: `
    bestellverlauf | bestellhistorie | meine bestellungen | bestellstatus | bestelldetails
    bestellung ansehen | bestellung verfolgen | sendung verfolgen | sortieren | zahlungsart*
    zahlungsmethode* | mehr erfahren | drucken | hilfe | details | agb | einlösen | anwenden
  `,
  fr: `
    historique | mes commandes | suivre | suivi | détails | voir la commande | trier
    moyens de paiement | mode de paiement | en savoir plus | imprimer | facture | aide | appliquer
    conditions
  `,
  es: `
    historial | mis pedidos | seguir pedido | seguimiento | detalles | ver pedido | ordenar por
    métodos de pago | método de pago | más información | imprimir | factura | ayuda | aplicar
    condiciones
  `,
  it: `
    cronologia | i miei ordini | traccia | dettagli | vedi ordine | ordina per
    metodi di pagamento | metodo di pagamento | scopri di più | stampa | fattura | aiuto | applica
    condizioni
  `,
  nl: `
    bestelgeschiedenis | mijn bestellingen | volg | details | bekijk bestelling | sorteer*
    betaalmethode* | betaalwijze* | meer informatie | afdrukken | factuur | help | toepassen
    voorwaarden
  `,
  pt: `
    histórico | meus pedidos | rastrear | detalhes | ver pedido | ordenar | formas de pagamento
    método de pagamento | saiba mais | imprimir | fatura | ajuda | aplicar | termos
  `,
  pl: `
    historia | moje zamówienia | śledź | szczegóły | zobacz zamówienie | sortuj | metody płatności
    metoda płatności | dowiedz się | drukuj | faktura | pomoc | zastosuj | regulamin
  `,
  sv: `
    orderhistorik | mina beställningar | spåra | detaljer | visa order | sortera | betalningsmetod*
    betalsätt | läs mer | skriv ut | faktura | hjälp | använd | villkor
  `,
  da: `
    ordrehistorik | mine ordrer | spor | detaljer | sorter | betalingsmetode* | læs mere | udskriv
    hjælp | anvend
  `,
  nb: `
    ordrehistorikk | mine ordrer | spor | detaljer | sorter | betalingsmåte* | les mer | skriv ut
    hjelp | bruk
  `,
  fi: `
    tilaushistoria | omat tilaukset | seuraa | tiedot | järjestä | maksutapa | maksutavat
    lue lisää | tulosta | käytä
  `,
  ja: '履歴 | 注文番号 | 注文状況 | 詳細 | 追跡 | 並べ替え | 支払い方法 | お支払い方法 | 印刷 | ヘルプ | 適用 | 利用規約 | 内容を確認',
  zh: '历史 | 我的订单 | 订单号 | 订单详情 | 详情 | 追踪 | 物流 | 排序 | 付款方式 | 支付方式 | 打印 | 帮助 | 使用优惠 | 条款',
  ko: '내역 | 주문 상세 | 상세 | 배송 조회 | 정렬 | 결제 수단 | 결제 방법 | 인쇄 | 도움말 | 적용 | 약관',
}
