import type { WordsByLanguage } from './languages.ts'

/*
 * Where from: as in final-labels.ts. Forms that reach other people or bind the one who sends them.
 */

/** What the form is for, as titles, headings, buttons and addresses say it. */
export const FORM_PURPOSES: WordsByLanguage = {
  en: `
    contact us | contact form | get in touch | write to us | apply | application | apply now
    job application | register | registration | create account | create an account
    create your account | sign up | signup | join now | become a member | membership
    support request | support ticket | submit a ticket | new ticket | open a ticket | enquiry
    inquiry | request a quote | quote request | request information | request a demo | book a demo
    request booking | booking request | request appointment | book appointment
    book an appointment | make an appointment | schedule | rsvp | feedback | complaint
    file a claim | submit claim | report | petition | sign the petition | survey | questionnaire
    enrol | enroll | enrolment | enrollment | admission | request a callback | referral
    nomination | refund request | return request | warranty | contact
  `,
  de: `
    kontakt | kontaktformular | kontaktieren sie | schreiben sie uns | bewerbung | bewerben
    registrierung | registrieren | konto erstellen | konto anlegen | anmeldung zum
    anmeldeformular | supportanfrage | ticket erstellen | anfrage | angebot anfordern
    terminanfrage | termin vereinbaren | termin buchen | rückruf | beschwerde | reklamation
    schadensmeldung | antrag | antrag stellen | mitglied werden | umfrage | buchungsanfrage
    meldung | petition
  `,
  fr: `
    contact | contactez | nous contacter | formulaire de contact | candidature | postuler
    inscription | s'inscrire | créer un compte | créer mon compte | demande de devis | demande
    rendez-vous | réclamation | support | déclaration | devenir membre | pétition | sondage
  `,
  es: `
    contacto | contáctenos | contáctanos | solicitud | solicitar | postular | registro
    registrarse | crear cuenta | regístrate | consulta | presupuesto | pedir cita | cita previa
    reclamación | inscripción | soporte | hazte socio
  `,
  it: `
    contatti | contattaci | candidatura | candidati | registrazione | registrati | crea account
    crea un account | richiesta | preventivo | appuntamento | reclamo | iscrizione | assistenza
  `,
  nl: `
    contact | contactformulier | sollicitatie | solliciteer | solliciteren | registreren
    registratie | account aanmaken | aanvraag | aanvragen | offerte | afspraak | klacht
    inschrijven | inschrijving
  `,
  pt: `
    contato | contacto | fale conosco | contacte-nos | candidatura | candidatar | cadastro
    cadastrar | registrar | registar | criar conta | solicitação | pedido de orçamento | orçamento
    agendar | reclamação | inscrição | suporte
  `,
  pl: `
    kontakt | formularz kontaktowy | napisz do nas | aplikuj | rekrutacja | rejestracja
    zarejestruj | załóż konto | utwórz konto | zapytanie | zgłoszenie | wniosek | umów wizytę
    reklamacja | zapisz się
  `,
  sv: `
    kontakt | kontakta oss | kontaktformulär | ansökan | ansök | registrera | registrering
    skapa konto | förfrågan | offert | boka tid | reklamation | klagomål | anmälan | bli medlem
  `,
  da: `
    kontakt | kontakt os | ansøgning | ansøg | tilmelding | opret konto | forespørgsel
    reklamation
  `,
  nb: `
    kontakt | kontakt oss | søknad | søk på | registrering | opprett konto | forespørsel
    reklamasjon | påmelding
  `,
  fi: `
    ota yhteyttä | yhteydenotto | hakemus | hae paikkaa | rekisteröidy | luo tili | tarjouspyyntö
    ilmoittautuminen | reklamaatio
  `,
  ja: 'お問い合わせ | 応募 | エントリー | 会員登録 | 新規登録 | 登録 | 申込 | 申し込み | 資料請求 | 見積 | 予約申込 | ご相談',
  zh: '联系我们 | 聯絡我們 | 申请 | 申請 | 注册 | 註冊 | 报名 | 報名 | 咨询 | 预约 | 投诉 | 反馈 | 提交申请',
  ko: '문의 | 지원하기 | 신청 | 회원가입 | 가입 | 등록 | 상담 | 예약 신청',
}

/** Labels that send a form to somebody. */
export const SEND_LABELS: WordsByLanguage = {
  en: `
    send | submit | apply | register | sign up | create account | join | request | enquire
    inquire | send message | send request | send application | submit application | get in touch
    contact | report | rsvp | enroll | enrol | schedule | book appointment | sign petition
    sign now
  `,
  de: `
    senden | absenden | abschicken | einreichen | bewerben | registrieren | konto erstellen
    anfragen | anfrage senden | nachricht senden | beantragen | antrag stellen | verschicken
    übermitteln | termin buchen | mitglied werden | melden
  `,
  fr: `
    envoyer | soumettre | postuler | s'inscrire | créer mon compte | créer un compte | demander
    transmettre | déposer
  `,
  es: 'enviar | solicitar | registrarse | crear cuenta | inscribirse | postular | presentar',
  it: 'invia | inviare | candidati | registrati | crea account | richiedi | iscriviti | trasmetti',
  nl: `
    verzenden | versturen | verstuur | indienen | solliciteren | registreren | account aanmaken
    aanvragen | aanmelden | inschrijven
  `,
  pt: `
    enviar | submeter | candidatar | cadastrar | registar | registrar | criar conta | solicitar
    inscrever
  `,
  pl: `
    wyślij | aplikuj | zarejestruj | załóż konto | utwórz konto | złóż wniosek | prześlij | zgłoś
  `,
  sv: 'skicka | ansök | registrera | skapa konto | anmäl | begär',
  da: 'send | ansøg | tilmeld | opret konto | indsend',
  nb: 'send | søk nå | registrer | opprett konto | send inn',
  fi: 'lähetä | hae | rekisteröidy | luo tili | ilmoittaudu | pyydä',
  ja: '送信 | 応募する | 登録する | 申し込む | 申込 | 請求する | エントリー',
  zh: '发送 | 提交 | 申请 | 注册 | 报名 | 送出',
  ko: '보내기 | 제출 | 지원 | 신청 | 가입 | 등록 | 문의',
}

/** Settings and records of one's own: saved, not sent to anybody. */
export const SETTINGS_WORDS: WordsByLanguage = {
  en: `
    save | update | settings | preferences | profile | edit | change password | reset password
    rename | create folder | toggle | add key
  `,
  de: `
    speichern | aktualisieren | einstellungen | profil | bearbeiten | passwort ändern | umbenennen
  `,
  fr: 'enregistrer | mettre à jour | paramètres | préférences | profil | modifier',
  es: 'guardar | actualizar | ajustes | preferencias | perfil | editar',
  it: 'salva | aggiorna | impostazioni | preferenze | profilo | modifica',
  nl: 'opslaan | bijwerken | instellingen | voorkeuren | profiel | bewerken',
  pt: 'salvar | guardar | atualizar | configurações | preferências | perfil | editar',
  pl: 'zapisz | aktualizuj | ustawienia | preferencje | profil | edytuj',
  sv: 'spara | uppdatera | inställningar | profil | redigera',
  da: 'gem | opdater | indstillinger | profil | rediger',
  nb: 'lagre | oppdater | innstillinger | profil | rediger',
  fi: 'tallenna | päivitä | asetukset | profiili | muokkaa',
  ja: '保存 | 更新 | 設定 | プロフィール | 編集',
  zh: '保存 | 更新 | 设置 | 個人資料 | 个人资料 | 编辑',
  ko: '저장 | 업데이트 | 설정 | 프로필 | 편집',
}

/** Publishing and commenting: a later guard's matter. */
export const PUBLISH_LABELS: WordsByLanguage = {
  en: `
    =comment | =reply | =post | =publish | post comment | add comment | =tweet | post reply
    create issue | write a review | submit review | post review | add review
  `,
  de: `
    =kommentieren | =antworten | =veröffentlichen | kommentar absenden | bewertung abgeben
    =posten
  `,
  fr: '=commenter | =répondre | =publier | laisser un commentaire | donner un avis',
  es: '=comentar | =responder | =publicar | publicar comentario | escribir reseña',
  it: '=commenta | =rispondi | =pubblica | scrivi recensione',
  nl: '=reageren | =beantwoorden | =publiceren | reactie plaatsen | review schrijven',
  pt: '=comentar | =responder | =publicar | enviar comentário | avaliar',
  pl: '=skomentuj | =odpowiedz | =opublikuj | dodaj komentarz | dodaj opinię',
  sv: '=kommentera | =svara | =publicera | skriv recension',
  ja: '=コメント | コメントする | 返信 | 投稿 | レビューを書く',
  zh: '评论 | 回复 | 发布 | 发表',
  ko: '댓글 | 답글 | 게시',
}
