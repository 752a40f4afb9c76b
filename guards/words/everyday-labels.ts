import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: as in final-labels.ts. Labels of everyday controls that share a page with an order.
 */

/** Commits or not, depending on the page: the label itself says nothing. */
export const GENERIC_LABELS: WordsByLanguage = {
  en: `
    =ok | =okay | =yes | =go | =submit | =confirm | =continue | =next | =finish | =done | =complete
    =proceed | =send | =accept | =agree | =i agree | =approve | =authorize | =save | =process
    =continue securely | =submit form | =yes continue | =yes confirm | =verify | =get it
    =confirm and continue | =accept and continue | =agree and continue | =place | =finalize
  `,
  de: `
    =ok | =ja | =weiter | =bestätigen | =absenden | =senden | =abschicken | =fortfahren | =fertig
    =abschließen | =akzeptieren | =zustimmen | =speichern | =freigeben | =übermitteln | =ja weiter
    =ja bestätigen | =verbindlich bestätigen | =fertigstellen | =ausführen
  `,
  fr: `
    =ok | =oui | =continuer | =confirmer | =valider | =envoyer | =suivant | =terminer | =accepter
    =soumettre | =poursuivre | =enregistrer | =finaliser | =j'accepte | =autoriser
  `,
  es: `
    =ok | =sí | =continuar | =confirmar | =enviar | =siguiente | =finalizar | =aceptar | =terminar
    =completar | =guardar | =seguir | =procesar | =acepto | =autorizar
  `,
  it: `
    =ok | =sì | =continua | =conferma | =invia | =avanti | =prosegui | =procedi | =termina
    =accetta | =accetto | =completa | =salva | =concludi | =autorizza
  `,
  nl: `
    =ok | =ja | =verder | =doorgaan | =bevestigen | =bevestig | =verzenden | =volgende | =voltooien
    =akkoord | =ga verder | =versturen | =opslaan | =afronden | =verstuur
  `,
  pt: `
    =ok | =sim | =continuar | =confirmar | =enviar | =seguinte | =próximo | =finalizar | =concluir
    =aceitar | =prosseguir | =avançar | =salvar | =guardar | =autorizar
  `,
  pl: `
    =ok | =tak | =dalej | =kontynuuj | =potwierdź | =wyślij | =zatwierdź | =następny | =zakończ
    =akceptuj | =akceptuję | =zapisz | =potwierdzam
  `,
  sv: `
    =ok | =ja | =fortsätt | =bekräfta | =skicka | =nästa | =slutför | =godkänn | =klar | =vidare
    =spara | =acceptera
  `,
  da: '=ok | =ja | =fortsæt | =bekræft | =send | =næste | =gennemfør | =godkend | =gem | =videre',
  nb: '=ok | =ja | =fortsett | =bekreft | =send | =neste | =fullfør | =godkjenn | =lagre | =videre',
  fi: '=ok | =kyllä | =jatka | =vahvista | =lähetä | =seuraava | =valmis | =hyväksy | =tallenna',
  ja: `
    =ok | =はい | =次へ | =続ける | =続行 | =確認 | =確認する | =確定 | =確定する | =送信 | =送信する | =完了 | =同意する | =承認
    =保存
  `,
  zh: `
    =ok | =是 | =好 | =继续 | =繼續 | =确认 | =確認 | =确定 | =確定 | =提交 | =下一步 | =完成 | =同意 | =发送 | =送出 | =保存
  `,
  ko: '=ok | =예 | =네 | =계속 | =계속하기 | =확인 | =다음 | =제출 | =완료 | =동의 | =보내기 | =저장',
}

/** Fills or changes a cart, a wish list or a coupon: reversible, and no money moves. */
export const CART_LABELS: WordsByLanguage = {
  en: `
    add to cart | add to basket | add to bag | add to order | add to trolley | update cart
    update basket | update bag | update quantity | update total | recalculate | empty cart
    apply coupon | apply code | apply voucher | apply discount | apply promo | apply gift | =apply
    redeem | have a coupon | promo code | coupon code | gift card | add to wishlist
    add to wish list | save for later | move to cart | add to favorites | add to favourites
    estimate shipping | calculate shipping | shipping estimate | get a quote | get quote | =update
    =add | increase | decrease | pick up options | check availability | notify me | compare
  `,
  de: `
    in den warenkorb | in den einkaufswagen | warenkorb aktualisieren | warenkorb leeren
    aktualisieren | gutschein einlösen | gutschein | einlösen | rabattcode | =anwenden | merken
    auf den wunschzettel | auf die merkliste | versandkosten berechnen | verfügbarkeit prüfen
    in den korb | menge | =hinzufügen | vergleichen
  `,
  fr: `
    ajouter au panier | mettre à jour | actualiser | vider le panier | code promo | =appliquer
    appliquer le code | bon de réduction | ajouter à la liste | ajouter aux favoris
    calculer les frais | estimer la livraison | carte cadeau | =ajouter | comparer
  `,
  es: `
    añadir al carrito | agregar al carrito | añadir a la cesta | añadir a la bolsa | actualizar
    vaciar carrito | aplicar cupón | =aplicar | código promocional | cupón | añadir a favoritos
    lista de deseos | calcular envío | tarjeta regalo | =añadir | comparar
  `,
  it: `
    aggiungi al carrello | aggiorna | svuota | applica coupon | applica codice | =applica
    codice sconto | buono sconto | lista dei desideri | aggiungi ai preferiti | calcola spedizione
    carta regalo | =aggiungi | confronta
  `,
  nl: `
    in winkelwagen | in winkelmand | toevoegen aan | bijwerken | aanpassen | kortingscode
    =toepassen | waardebon | cadeaubon | verlanglijst | verzendkosten berekenen | =toevoegen
    vergelijken
  `,
  pt: `
    adicionar ao carrinho | adicionar à sacola | adicionar ao cesto | atualizar | esvaziar
    aplicar cupom | =aplicar | cupom | cupão | código promocional | lista de desejos
    calcular frete | calcular envio | cartão presente | =adicionar | comparar
  `,
  pl: `
    dodaj do koszyka | do koszyka | aktualizuj | uaktualnij | opróżnij koszyk | kod rabatowy
    =zastosuj | kupon | karta podarunkowa | lista życzeń | oblicz dostawę | =dodaj | porównaj
  `,
  sv: `
    lägg i varukorgen | lägg i varukorg | lägg i kundvagn | uppdatera | töm varukorgen | rabattkod
    kupong | =använd | presentkort | önskelista | beräkna frakt | =lägg till | jämför
  `,
  da: 'læg i kurv | læg i kurven | opdater | rabatkode | =anvend | gavekort | ønskeliste | =tilføj',
  nb: `
    legg i handlekurv | legg i kurv | oppdater | rabattkode | =bruk | gavekort | ønskeliste
    =legg til
  `,
  fi: `
    lisää ostoskoriin | lisää koriin | päivitä | alennuskoodi | =käytä | lahjakortti | toivelista
    =lisää
  `,
  ja: `
    カートに追加 | カートに入れる | カゴに入れる | かごに追加 | 更新 | クーポン | =適用 | ギフト券 | ほしい物リスト | お気に入り | 送料を計算 | カートを空
    =追加
  `,
  zh: '加入购物车 | 加入購物車 | 添加到购物车 | 放入购物车 | 更新 | 优惠券 | 優惠券 | 优惠码 | =使用 | 礼品卡 | 收藏 | 心愿单 | 计算运费 | =添加',
  ko: '장바구니에 | 장바구니 담기 | 업데이트 | 쿠폰 | =적용 | 기프트 카드 | 위시리스트 | 찜 | =추가',
}

/** Searches, filters, signs in or out, switches language, saves a draft, answers a cookie banner. */
export const EVERYDAY_LABELS: WordsByLanguage = {
  en: `
    search | =find | filter | sort | show more | load more | view all | sign in | log in | login
    sign out | log out | logout | save draft | save as draft | =preview | upload | attach | browse
    choose file | language | currency | accept all | accept cookies | reject all | cookie settings
    allow all | =print | download | share | copy | refresh | subscribe to newsletter | expand
    collapse | resend code | forgot password | verify email | validate | check address
    save settings
  `,
  de: `
    suchen | =suche | filtern | filter | sortieren | mehr anzeigen | anmelden | einloggen
    abmelden | entwurf speichern | als entwurf | vorschau | hochladen | sprache | währung
    alle akzeptieren | cookies akzeptieren | alle ablehnen | cookie-einstellungen | herunterladen
    teilen | kopieren | drucken
  `,
  fr: `
    rechercher | recherche | filtrer | trier | voir plus | se connecter | connexion | déconnexion
    se déconnecter | brouillon | aperçu | télécharger | langue | devise | tout accepter
    tout refuser | partager | copier | imprimer
  `,
  es: `
    buscar | filtrar | ver más | iniciar sesión | cerrar sesión | borrador | vista previa
    subir archivo | idioma | moneda | aceptar todo | aceptar cookies | rechazar todo | descargar
    compartir | copiar | imprimir
  `,
  it: `
    cerca | filtra | mostra altro | accedi | esci | bozza | anteprima | carica file | lingua
    valuta | accetta tutti | rifiuta tutti | scarica | condividi | copia | stampa
  `,
  nl: `
    zoek | zoeken | filter | filteren | toon meer | inloggen | aanmelden | uitloggen | afmelden
    concept | voorbeeld | uploaden | taal | valuta | alles accepteren | alles weigeren | downloaden
    delen | kopiëren | afdrukken
  `,
  pt: `
    buscar | pesquisar | filtrar | ver mais | entrar | iniciar sessão | sair | rascunho
    pré-visualizar | carregar ficheiro | idioma | moeda | aceitar todos | rejeitar todos | baixar
    compartilhar | copiar | imprimir
  `,
  pl: `
    szukaj | wyszukaj | wyszukiwanie | filtruj | pokaż więcej | zaloguj | wyloguj | szkic
    wersja robocza | podgląd | prześlij plik | język | waluta | akceptuj wszystkie
    odrzuć wszystkie | pobierz | udostępnij | kopiuj | drukuj
  `,
  sv: `
    sök | filtrera | visa mer | logga in | logga ut | utkast | förhandsgranska | ladda upp | språk
    valuta | acceptera alla | avvisa alla | ladda ner | dela | kopiera | skriv ut
  `,
  da: `
    søg | filtrer | vis mere | log ind | log ud | kladde | sprog | valuta | accepter alle | del
    kopier
  `,
  nb: `
    søk | filtrer | vis mer | logg inn | logg ut | utkast | språk | valuta | godta alle | del
    kopier
  `,
  fi: `
    hae | etsi | suodata | näytä lisää | kirjaudu | luonnos | kieli | valuutta | hyväksy kaikki
    jaa | kopioi
  `,
  ja: `
    検索 | 絞り込み | もっと見る | ログイン | ログアウト | サインイン | 下書き | プレビュー | アップロード | 言語 | 通貨 | すべて同意 | すべて許可
    すべて拒否 | ダウンロード | 共有 | コピー
  `,
  zh: `
    搜索 | 搜尋 | 查询 | 筛选 | 加载更多 | 查看更多 | 登录 | 登入 | 退出 | 登出 | 草稿 | 预览 | 上传 | 语言 | 货币 | 全部接受 | 接受所有
    全部拒绝 | 下载 | 分享 | 复制
  `,
  ko: '검색 | 필터 | 더 보기 | 로그인 | 로그아웃 | 임시 저장 | 임시 보관 | 미리보기 | 업로드 | 언어 | 통화 | 모두 수락 | 다운로드 | 공유 | 복사',
}

/** Wallet names that a label may consist of. Without a verb they choose a way to pay. */
export const WALLET_NAMES: WordsByLanguage = {
  en: `
    apple pay | google pay | g pay | gpay | shop pay | amazon pay | samsung pay | alipay
    wechat pay | paypal | klarna
  `,
}
