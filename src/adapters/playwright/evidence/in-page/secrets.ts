export type Secrets = ReturnType<typeof makeSecrets>
export type SecretKind = 'card' | 'account' | 'other'
export type SecretSpan = { start: number; end: number; last4?: string }

/** What a field looks like to the rules; `words` are its name, id, label and placeholder. */
export type FieldTraits = {
  tag: string
  type: string
  autocomplete: string
  numeric: boolean
  maxLength: number
  words: string
  value: string
}

/** Recognises secrets by check digits, by shape, and by the words beside them in some twenty languages. */
export function makeSecrets() {
  const luhn = (digits: string): boolean => {
    let sum = 0
    for (let i = 0; i < digits.length; i += 1) {
      let digit = digits.charCodeAt(digits.length - 1 - i) - 48
      if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2
      sum += digit
    }
    return sum % 10 === 0
  }
  // No 13 digits: nobody issues them now, and product codes (EAN) would pass one time in ten.
  const ISSUER = /^(?:4|5[0-8]|2[2-7]|3[04-9]|6|9792)/
  const isCard = (digits: string): boolean =>
    digits.length >= 14 && digits.length <= 19 && ISSUER.test(digits) && luhn(digits)

  // Lengths by country: without them a word behind the number passes for a part of it one time in 97.
  const IBAN_LENGTHS =
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20'
  const isIban = (text: string): boolean => {
    const country = text.slice(0, 2).toUpperCase()
    if (!IBAN_LENGTHS.includes(`${country}${text.length}`)) return false
    let rest = 0
    const turned = text.slice(4) + text.slice(0, 4)
    for (let i = 0; i < turned.length; i += 1) {
      const value = Number.parseInt(turned.charAt(i), 36)
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97
    }
    return rest === 1
  }

  const DIGITS = /\d+/g
  const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[\s-]?[A-Za-z0-9]{1,4}){3,10}(?![A-Za-z0-9])/g
  const SHAPES = new RegExp(
    [
      '(?<![\\w-])eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.?[\\w-]*',
      '(?<!\\w)(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{12,}',
      '(?<!\\w)sk-[\\w-]{20,}',
      '(?<!\\w)gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|glpat-[\\w-]{20,}|npm_[A-Za-z0-9]{30,}',
      '(?<!\\w)xox[abeprs]-[\\w-]{10,}',
      '(?<!\\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\\w)|AIza[\\w-]{35}',
      '-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)',
      'Bearer\\s+[\\w.~+/-]{16,}=*',
      // Long random words: upper and lower case and digits mixed, or forty hexadecimal digits.
      '(?<![\\w/.-])(?=[\\w-]{0,80}\\d)(?=[\\w-]{0,80}[a-z])(?=[\\w-]{0,80}[A-Z])[\\w-]{32,}(?![\\w-])',
      '(?<!\\w)[0-9a-f]{40,}(?!\\w)',
      '(?<![\\d-])(?!000|666|9\\d\\d)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])',
    ].join('|'),
    'g',
  )

  const CARD =
    /card ?(?:no|nr|num|number)\b|\bcc ?(?:no|num|number)\b|cardnumber|credit ?card$|kartennummer|kreditkarten? ?(?:nr|nummer)|num[ée]ro (?:de )?(?:la )?carte|n[úu]mero (?:de |do )?(?:la )?(?:tarjeta|cart[ãa]o)|numero (?:della )?carta|kaartnummer|kort ?nummer|numer karty|č[íi]slo karty|номер карты|номер картки|kart numaras|カード番号|卡号|卡號|카드 ?번호|رقم البطاقة|מספר כרטיס/
  const CODE =
    /\bcv[cvn]2?\b|\bcsc\b|\bcid\b|(?:security|verification|card) ?code|card ?verification|pr[üu]fziffer|pr[üu]fnummer|sicherheitscode|cryptogramme|c[óo]digo de (?:seguridad|seguran[çc]a)|codice (?:di )?sicurezza|veiligheidscode|s[äa]kerhetskod|sikkerhetskode|sikkerhedskode|kod bezpiecze|код безопасности|g[üu]venlik kodu|セキュリティ ?コード|安全码|安全碼|보안 ?코드|رمز الأمان/
  const EXPIRY =
    /\bexp(?:iry|ires|iration)?\b(?: ?(?:date|month|year|mm|yy|m|y))?|\bexp ?(?:date|month|year)|cc ?exp|g[üu]ltig bis|ablaufdatum|verfallsdatum|valid (?:thru|until|through)|date d.? ?expiration|fecha de (?:caducidad|vencimiento|expiraci)|scadenza|vervaldatum|validade|utg[åa]ngsdatum|data wa[żz]no|срок действия|有効期限|有效期|유효 ?기간|\bmm ?\/ ?(?:yy|aa|jj)/
  const PASSWORD =
    /pass ?(?:word|wd|phrase|code)|\bpwd\b|\bpw\b|passwort|kennwort|mot de passe|contrase[ñn]a|\bsenha|palavra.?passe|wachtwoord|l[öo]senord|adgangskode|passord|salasana|has[łl]o|heslo|jelsz[óo]|parol[aă]|парол|şifre|パスワード|密码|密碼|비밀번호|كلمة المرور|סיסמה|mật khẩu|รหัสผ่าน|κωδικός πρόσβασης/
  const ONE_TIME =
    /one.?time|\botp\b|\b2fa\b|\bmfa\b|\btotp\b|(?:verification|confirmation|auth(?:entication)?|sms|access) ?code|\bpin\b|\bm?tan\b|einmal|best[äa]tigungscode|code de (?:v[ée]rification|confirmation)|c[óo]digo de (?:verificaci|verifica[çc])|codice di verifica|verificatiecode|код подтверждения|認証(?:コード|番号)|暗証番号|验证码|驗證碼|인증 ?번호/
  const ACCOUNT =
    /\biban\b|account ?(?:no|nr|num|number)\b|bank ?account|kontonummer|konto ?nr|routing ?(?:no|number)|sort ?code|num[ée]ro de compte|n[úu]mero de (?:cuenta|conta)|rekeningnummer|numer konta|номер счета|口座番号|银行账号|계좌 ?번호/
  const IDENTITY =
    /\bssn\b|social ?security|tax ?(?:id|no|number|file)|taxpayer|steuer ?(?:id|nr|nummer|identifikation)|\btin\b|\bnif\b|\bnie\b|\bdni\b|\bcpf\b|\bcnpj\b|codice fiscale|\bbsn\b|pesel|national ?(?:id|insurance)|identity ?(?:card|no|number)|\bnino\b|passport|reisepass|ausweis|personnummer|f[øo]dselsnummer|cpr ?nummer|aadhaar|sozialversicherung|num[ée]ro de s[ée]curit[ée]|driv(?:er|ing).{0,3}licen[cs]e|паспорт|(?:^|\s)инн(?:\s|$)|マイナンバー|身份证|身分證|주민등록/
  const TOKEN =
    /csrf|xsrf|authenticity|\btoken\b|token$|\bnonce\b|secret|api ?key|access ?key|private ?key|session ?(?:id|key)|\bsid\b|bearer|signature|\bhmac\b|recovery ?(?:code|phrase|key)|seed ?phrase|mnemonic|captcha|viewstate|event ?validation/
  const PLAIN =
    /^(?:name|given-name|family-name|additional-name|nickname|organization|street-address|address-.*|postal-code|country.*|email|tel.*|username|cc-name|cc-type|language|url|bday.*|sex|photo)$/

  // In running text the value has to stand right behind its word.
  const LABELLED = new RegExp(
    [
      `(?:cv[cvn]2?|csc|security code|verification code|one-time code|otp|pin|passcode|prüfziffer|prüfnummer|sicherheitscode|cryptogramme|код подтверждения|認証コード|验证码)\\s{0,40}(?:is|ist|est)?[:=#.]?\\s{0,40}(\\d{3,8})(?![\\d]|[.,]\\d)`,
      `(?:password|passwd|passphrase|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|lösenord|hasło|heslo|пароль|parola|パスワード|密码)\\s{0,40}(?:[:=]|is:?|ist:?|：)\\s{0,40}(\\S{4,200})`,
      `(?:password|passwd|passphrase|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|lösenord|hasło|heslo|пароль|parola|パスワード|密码)\\s{0,40}((?=\\S{0,60}\\d)(?=\\S{0,60}\\p{L})\\S{6,200})`,
      `(?:ssn|social security(?: number)?|tax id|steuer-?id(?:entifikationsnummer)?|nif|dni|cpf|codice fiscale|bsn|pesel|nino|national insurance(?: number)?|passport(?: no\\.?| number)?)\\s{0,40}[:=#]?\\s{0,40}((?=[\\w.\\s-]{0,16}\\d)[A-Z0-9](?:[ .-]?[A-Z0-9]){6,17})(?!\\w)`,
      `(?:api[ _-]?key|secret(?: key)?|access token|token|client secret)\\s{0,40}[:=]\\s{0,40}([\\w./+~-]{12,}=*)`,
    ]
      .map((part) => `(?<!\\p{L})(?:${part})`)
      .join('|'),
    'giu',
  )

  /** A card number is a run of whole digit groups; neighbours such as a quantity do not join it. */
  const cardSpans = (text: string): SecretSpan[] => {
    const groups: { start: number; end: number }[] = []
    const spans: SecretSpan[] = []
    const flush = (): void => {
      for (let from = 0; from < groups.length; from += 1) {
        let digits = ''
        let best: SecretSpan | undefined
        let bestTo = from
        for (let to = from; to < groups.length && digits.length < 19; to += 1) {
          const group = groups[to] as { start: number; end: number }
          digits += text.slice(group.start, group.end)
          if (!isCard(digits)) continue
          const start = (groups[from] as { start: number }).start
          best = { start, end: group.end, last4: digits.slice(-4) }
          bestTo = to
        }
        if (best === undefined) continue
        spans.push(best)
        from = bestTo
      }
      groups.length = 0
    }
    let end = 0
    for (const match of text.matchAll(DIGITS)) {
      const between = text.slice(end, match.index)
      // White space as it shows on screen: markup may put a whole line between two spans.
      const shown = between.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ')
      if (shown.length > 3 || /[^\s.\-–]/.test(shown)) flush()
      groups.push({ start: match.index, end: match.index + match[0].length })
      end = match.index + match[0].length
      if (groups.length > 60) flush()
    }
    flush()
    return spans
  }

  const ibanSpans = (text: string): SecretSpan[] => {
    const spans: SecretSpan[] = []
    for (const match of text.matchAll(IBAN)) {
      // Words may follow in the same run, so it is shortened until the check digits agree.
      for (let length = match[0].length; length >= 15; length -= 1) {
        if (/[\s-]/.test(match[0].charAt(length - 1))) continue
        const bare = match[0].slice(0, length).replace(/[\s-]/g, '')
        if (!isIban(bare)) continue
        spans.push({ start: match.index, end: match.index + length, last4: bare.slice(-4) })
        break
      }
    }
    return spans
  }

  /** Values typed into the secret fields of this page; set by the redaction, scrubbed wherever they show. */
  let known: string[] = []

  const find = (text: string): SecretSpan[] => {
    const spans: SecretSpan[] = []
    if (/\d/.test(text)) spans.push(...cardSpans(text), ...ibanSpans(text))
    for (const match of text.matchAll(SHAPES)) {
      spans.push({ start: match.index, end: match.index + match[0].length })
    }
    for (const match of text.matchAll(LABELLED)) {
      const value = match.slice(1).find((group) => group !== undefined) ?? ''
      const start = match.index + match[0].lastIndexOf(value)
      spans.push({ start, end: start + value.length })
    }
    for (const value of known) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
        spans.push({ start: at, end: at + value.length })
      }
    }
    return spans.sort((a, b) => a.start - b.start)
  }

  const scrub = (text: string): string => {
    if (text.length < 3) return text
    const spans = find(text)
    if (spans.length === 0) return text
    let clean = ''
    let at = 0
    for (const span of spans) {
      if (span.start < at) {
        at = Math.max(at, span.end)
        continue
      }
      clean += `${text.slice(at, span.start)}••••${span.last4 ?? ''}`
      at = span.end
    }
    return clean + text.slice(at)
  }

  const spaced = (words: string): string =>
    words
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
      .replace(/[_\-.[\]:*]+/g, ' ')
      .toLowerCase()

  /** What kind of secret a field holds, or nothing. Its type and autocomplete count most, then words, then the value. */
  const classify = (field: FieldTraits): SecretKind | undefined => {
    if (/^(?:checkbox|radio|submit|button|image|reset|file|range|color)$/.test(field.type)) {
      return undefined
    }
    const hints = field.autocomplete.toLowerCase().split(/\s+/)
    const hint = hints.at(-1) ?? ''
    if (hint === 'cc-number') return 'card'
    if (/^(?:cc-csc|cc-exp.*|one-time-code|current-password|new-password)$/.test(hint)) {
      return 'other'
    }
    if (field.type === 'password') return 'other'
    const digits = field.value.replace(/[\s-]/g, '')
    if (/^\d{13,19}$/.test(digits) && isCard(digits)) return 'card'
    if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i.test(digits) && isIban(digits.toUpperCase())) {
      return 'account'
    }
    if (field.value !== '' && find(field.value).length > 0) return 'other'
    if (field.type === 'hidden') {
      const random = /^[\w+/=~.-]{24,}$/.test(field.value) && /\d/.test(field.value)
      const words = spaced(field.words)
      return random || TOKEN.test(words) || CODE.test(words) || PASSWORD.test(words)
        ? 'other'
        : CARD.test(words) || ACCOUNT.test(words)
          ? 'account'
          : IDENTITY.test(words)
            ? 'other'
            : undefined
    }
    if (PLAIN.test(hint)) return undefined
    const words = spaced(field.words)
    if (field.tag === 'select') return EXPIRY.test(words) ? 'other' : undefined
    if (CODE.test(words) || PASSWORD.test(words) || ONE_TIME.test(words)) return 'other'
    if (CARD.test(words)) return 'card'
    if (EXPIRY.test(words) || IDENTITY.test(words) || TOKEN.test(words)) return 'other'
    if (ACCOUNT.test(words)) return 'account'
    // Boxes for one digit each are how one-time codes are typed.
    return field.numeric && field.maxLength === 1 ? 'other' : undefined
  }

  return {
    find,
    scrub,
    classify,
    setKnown: (values: string[]): void => {
      // Short ones (a CVC) would black out every price that has the same digits.
      known = [...new Set(values)].filter((value) => value.length >= 6).slice(0, 50)
    },
  }
}
