/**
 * The shop's product pictures, drawn by hand for a 240 × 170 canvas. Colours are fixed: a photograph
 * does not change in dark mode either; only its frame does.
 */
const DRAWINGS: Readonly<Record<string, { readonly backdrop: string; readonly shapes: string }>> = {
  'printer-paper-a4': {
    backdrop: '#e4eaf4',
    shapes: `
      <ellipse cx="120" cy="146" rx="82" ry="7" fill="#1d2a44" opacity=".13"/>
      <g transform="rotate(-3 120 60)">
        <rect x="66" y="28" width="104" height="60" rx="1" fill="#fff"/>
        <rect x="70" y="24" width="104" height="60" rx="1" fill="#f6f8fc"/>
        <rect x="74" y="20" width="104" height="60" rx="1" fill="#fff" stroke="#d5dceb"/>
      </g>
      <path d="M48 62h144v78a4 4 0 0 1-4 4H52a4 4 0 0 1-4-4z" fill="#f4ead9"/>
      <path d="M48 62h144v9H48z" fill="#d9c6a5"/>
      <path d="M48 62 34 49h30l12 13zM192 62l14-13h-30l-12 13z" fill="#e7d7bb"/>
      <path d="M48 88h144v34H48z" fill="#27478c"/>
      <path d="M48 88h144v5H48z" fill="#3c62b4"/>
      <rect x="62" y="100" width="22" height="15" rx="1.5" fill="#fff"/>
      <path d="M96 103h54M96 112h34" stroke="#c9d6f2" stroke-width="4" stroke-linecap="round"/>
      <rect x="104" y="75" width="32" height="7" rx="3.5" fill="#c9b48f"/>
      <path d="M192 71v69a4 4 0 0 1-4 4h-12V71z" fill="#1d2a44" opacity=".06"/>`,
  },
  'recycled-paper-a4': {
    backdrop: '#e6efe2',
    shapes: `
      <ellipse cx="120" cy="143" rx="78" ry="7" fill="#26381f" opacity=".13"/>
      <path d="M50 78 92 42h108l-34 36z" fill="#e3dfcf"/>
      <path d="M166 78 200 42v56l-34 42z" fill="#b9b29a"/>
      <path d="M50 78h116v62H50z" fill="#d4cdb6"/>
      <path d="M50 92h116v32H50z" fill="#4d7a45"/>
      <path d="m166 92 34-44v33l-34 43z" fill="#3e6537"/>
      <path d="M108 98c-9 0-14 6-14 12 0 5 4 9 9 9 9 0 13-9 13-19-2-1-5-2-8-2z" fill="#dcead6"/>
      <path d="M97 121c4-9 9-14 15-18" stroke="#4d7a45" stroke-width="2" fill="none" stroke-linecap="round"/>
      <path d="M64 104h18M64 112h12M130 104h22M130 112h16" stroke="#a9c7a1" stroke-width="3.5" stroke-linecap="round"/>`,
  },
  'notebook-a5': {
    backdrop: '#f6e7df',
    shapes: `
      <ellipse cx="122" cy="150" rx="62" ry="6" fill="#44251d" opacity=".13"/>
      <g transform="rotate(6 120 85)">
        <rect x="80" y="22" width="92" height="122" rx="4" fill="#fff"/>
        <rect x="78" y="20" width="92" height="122" rx="4" fill="#f1ece4"/>
        <rect x="72" y="18" width="94" height="124" rx="5" fill="#b6503c"/>
        <path d="M77 18h9v124h-9a5 5 0 0 1-5-5V23a5 5 0 0 1 5-5z" fill="#943d2c"/>
        <path d="M152 18h6v124h-6z" fill="#2d2431"/>
        <rect x="98" y="42" width="42" height="24" rx="2" fill="#f7e9dd"/>
        <path d="M105 51h28M105 58h18" stroke="#b6503c" stroke-width="2.5" stroke-linecap="round"/>
        <path d="M116 142v13l-4-4-4 4v-13z" fill="#e3b04b"/>
      </g>`,
  },
  'fountain-pen': {
    backdrop: '#e9e6f3',
    shapes: `
      <path d="M36 132c18-16 24 10 40-2s14 8 30 2" fill="none" stroke="#27478c" stroke-width="3" stroke-linecap="round"/>
      <g transform="rotate(-32 120 85)">
        <ellipse cx="128" cy="110" rx="84" ry="5" fill="#272049" opacity=".1"/>
        <path d="m32 88 22-8v16z" fill="#d9b25a"/>
        <path d="M32 88h20" stroke="#8c6a1e" stroke-width="1.4"/>
        <circle cx="52" cy="88" r="1.8" fill="#8c6a1e"/>
        <path d="M54 79h16v18H54z" fill="#2b2f3a"/>
        <path d="M70 77h62v22H70z" fill="#3d4454"/>
        <path d="M70 80h62v5H70z" fill="#5c6579"/>
        <path d="M132 75h6v26h-6z" fill="#d9b25a"/>
        <path d="M138 75h66a13 13 0 0 1 0 26h-66z" fill="#2f3543"/>
        <path d="M138 79h66a8 8 0 0 1 5 2h-71z" fill="#59627a"/>
        <path d="M144 72h54a3 3 0 0 1 0 6h-50z" fill="#d9b25a"/>
      </g>`,
  },
  'pencils-hb': {
    backdrop: '#f7efd8',
    shapes: `
      <ellipse cx="120" cy="148" rx="66" ry="6" fill="#433612" opacity=".13"/>
      ${[0, 1, 2, 3, 4, 5]
        .map(
          (index) => `
      <g transform="translate(${66 + index * 18} ${[8, 2, 10, 0, 6, 3][index]})">
        <path d="m0 38 9-24 9 24z" fill="#f0d3a5"/><path d="m6 22 3-8 3 8z" fill="#33353c"/>
        <path d="M0 38h18v70H0z" fill="${index % 2 === 0 ? '#e0a526' : '#d2941a'}"/>
        <path d="M0 38h5v70H0z" fill="#f2bf4f"/><path d="M13 38h5v70h-5z" fill="#b97f10"/>
      </g>`,
        )
        .join('')}
      <path d="M58 92h124v50a4 4 0 0 1-4 4H62a4 4 0 0 1-4-4z" fill="#2f6a64"/>
      <path d="M58 92h124v8H58z" fill="#245450"/>
      <rect x="92" y="110" width="56" height="22" rx="3" fill="#f7efd8"/>
      <path d="M101 118h38M101 125h24" stroke="#2f6a64" stroke-width="3" stroke-linecap="round"/>`,
  },
  'envelopes-c5': {
    backdrop: '#dfeef0',
    shapes: `
      <ellipse cx="120" cy="146" rx="80" ry="6" fill="#143a40" opacity=".13"/>
      <g transform="rotate(-7 120 88)"><rect x="50" y="42" width="140" height="92" rx="4" fill="#c4d9dc"/></g>
      <g transform="rotate(-2 120 88)"><rect x="50" y="44" width="140" height="92" rx="4" fill="#dbe8ea"/></g>
      <g transform="rotate(4 120 88)">
        <rect x="50" y="46" width="140" height="92" rx="4" fill="#fff"/>
        <path d="m50 50 66 48a7 7 0 0 0 8 0l66-48a4 4 0 0 0-4-4H54a4 4 0 0 0-4 4z" fill="#eef4f5" stroke="#c4d9dc" stroke-width="1.5"/>
        <rect x="64" y="104" width="54" height="22" rx="4" fill="#dfeef0"/>
        <path d="M71 111h32M71 118h22" stroke="#94b4b9" stroke-width="2.5" stroke-linecap="round"/>
        <circle cx="120" cy="92" r="8" fill="#b6503c"/><circle cx="120" cy="92" r="4.5" fill="#cf6b57"/>
      </g>`,
  },
  stapler: {
    backdrop: '#eae7e2',
    shapes: `
      <ellipse cx="120" cy="138" rx="88" ry="7" fill="#2c261c" opacity=".14"/>
      <path d="M36 124h168a5 5 0 0 1 5 5v5H32v-6a4 4 0 0 1 4-4z" fill="#2b2f3a"/>
      <path d="M176 80h22a9 9 0 0 1 9 9v35h-37z" fill="#3d4454"/>
      <g transform="rotate(7 196 96)">
        <path d="M34 92h150v13H34z" fill="#c7ccd6"/><path d="M34 92h150v4H34z" fill="#e6e9ef"/>
        <path d="M30 93c2-18 26-33 60-35l92-5c16 0 26 12 26 26v15H34a4 4 0 0 1-4-1z" fill="#b23a48"/>
        <path d="M48 76c10-8 24-12 42-13l88-5c8 0 14 3 18 8-36-3-106-2-148 10z" fill="#d4606c"/>
        <circle cx="194" cy="92" r="6" fill="#e6e9ef"/><circle cx="194" cy="92" r="2.5" fill="#8b93a5"/>
      </g>
      <path d="M50 119h28" stroke="#8b93a5" stroke-width="5" stroke-linecap="round"/>`,
  },
  'sticky-notes': {
    backdrop: '#f3e6ee',
    shapes: `
      <ellipse cx="124" cy="146" rx="76" ry="6" fill="#3d1830" opacity=".12"/>
      <g transform="rotate(-10 90 90)"><path d="M46 50h74v80H46z" fill="#7fb7d6"/><path d="M46 50h74v12H46z" fill="#6aa5c6"/></g>
      <g transform="rotate(9 150 90)"><path d="M118 44h74v80h-74z" fill="#e98aa5"/><path d="M118 44h74v12h-74z" fill="#d87592"/></g>
      <path d="M84 52h80v76l-18 18H84z" fill="#f2cf52"/>
      <path d="M84 52h80v13H84z" fill="#e3bd37"/>
      <path d="M164 128h-18v18z" fill="#cda427"/>
      <path d="M97 84h50M97 97h42M97 110h28" stroke="#8f6f0c" stroke-width="3.5" stroke-linecap="round" opacity=".75"/>`,
  },
}

/** The picture of a product as SVG, decorative: its name always stands beside it. Empty for unknown SKUs. */
export function productPicture(sku: string): string {
  const drawing = Object.hasOwn(DRAWINGS, sku) ? DRAWINGS[sku] : undefined
  if (drawing === undefined) return ''
  return `<svg viewBox="0 0 240 170" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMid slice"><rect width="240" height="170" fill="${drawing.backdrop}"/>${drawing.shapes}</svg>`
}

/** The shop's mark: a sheet with a folded corner. */
export const SHOP_MARK =
  '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="M6 3h14l7 7v17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z" fill="#27478c"/><path d="M20 3v5a2 2 0 0 0 2 2h5z" fill="#9db6ea"/><path d="M10 16h12M10 21h8" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg>'
