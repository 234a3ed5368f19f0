// Countries by ISO 3166-1 alpha-2 code, and XK, which the United Nations and the European Union use
// for Kosovo. Their names come from the CLDR data inside Node, so every interface language has them.

const CODES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS ' +
  'BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE ' +
  'EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM ' +
  'HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC ' +
  'LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
  'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO ' +
  'TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ')

const known = new Set(CODES)
const names = new Map<string, (code: string) => string>()
const lists = new Map<string, readonly Country[]>()

export type Country = { code: string; name: string }

/** Whether a code is a country of ours: upper case, as stored. */
export function isCountryCode(code: string): boolean {
  return known.has(code)
}

/** "ES", "fr" → "Espagne"; the code itself where there is no name. */
export function countryName(code: string, language: string): string {
  return known.has(code) ? namesIn(language)(code) : code
}

/** All countries in the alphabetical order of a language, for the list of a form. */
export function countriesIn(language: string): readonly Country[] {
  const made = lists.get(language)
  if (made) return made
  const { compare } = new Intl.Collator(language)
  const list = CODES.map((code) => ({ code, name: countryName(code, language) })).sort((a, b) =>
    compare(a.name, b.name),
  )
  lists.set(language, list)
  return list
}

/** Asking Intl is slow, and a list tells each country thousands of times. */
function namesIn(language: string): (code: string) => string {
  const made = names.get(language)
  if (made) return made
  const opened = new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'code' })
  const found = new Map<string, string>()
  const nameOf = (code: string) => {
    const name = found.get(code) ?? opened.of(code) ?? code
    found.set(code, name)
    return name
  }
  names.set(language, nameOf)
  return nameOf
}
