// Recognises a country however people write it: by code, in many languages, turned round or shortened.
// What could be two countries ("Congo") is not recognised.
import { countriesIn, isCountryCode } from './countries.ts'
import { foldForSearch } from './fold.ts'

const LANGUAGES = (
  'en es fr ru ar pt de it nl tr uk pl ro el cs sv hu zh ja ko hi bn ur fa sw id ms vi th ne kk ky uz ' +
  'az ka hy sr bg he am so'
).split(' ')

/** Spellings that the language data has not. */
const ALIASES: Readonly<Record<string, string>> = {
  AE: 'UAE|Emirates',
  BA: 'Bosnia|BiH',
  BO: 'Plurinational State of Bolivia',
  BY: 'Byelorussia|Белоруссия',
  CD: 'DRC|DR Congo|D.R. Congo|RDC|RD Congo|Democratic Republic of the Congo|Zaire|Congo-Kinshasa|ДР Конго',
  CG: 'Republic of the Congo|Congo-Brazzaville',
  CI: "Cote d'Ivoire|Ivory Coast|Republic of Côte d'Ivoire",
  CN: "PRC|People's Republic of China|PR China|Mainland China",
  CV: 'Cape Verde',
  CZ: 'Czech Republic|República Checa|République tchèque|Чешская Республика',
  DE: 'Federal Republic of Germany|FRG',
  DO: 'Dominican Rep.',
  GB: 'UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|GBR|Reino Unido|Royaume Uni',
  GR: 'Hellas|EL|Hellenic Republic',
  HK: 'Hong Kong',
  IR: 'Islamic Republic of Iran|Persia',
  KG: 'Kyrgyz Republic|Kirghizia|Kirgizstan|Киргизская Республика|Кыргызская Республика',
  KP: "DPRK|Democratic People's Republic of Korea",
  KR: 'Republic of Korea|ROK|Korea|한국',
  LA: "Lao PDR|Lao People's Democratic Republic",
  MD: 'Republic of Moldova|Молдавия',
  MK: 'Macedonia|FYROM|Republic of North Macedonia',
  MM: 'Burma',
  MO: 'Macau',
  NL: 'Holland|The Netherlands|Kingdom of the Netherlands',
  PS: 'Palestine|State of Palestine|Occupied Palestinian Territory|OPT|Gaza|West Bank|فلسطين',
  RU: 'Russia|Russian Federation|РФ|Российская Федерация|Federación de Rusia|Fédération de Russie|RF',
  SA: 'KSA|Kingdom of Saudi Arabia',
  SY: 'Syrian Arab Republic',
  SZ: 'Swaziland',
  TL: 'East Timor',
  TR: 'Turkey|Turkiye|Republic of Türkiye',
  TW: 'Taiwan, Province of China|Chinese Taipei',
  TZ: 'United Republic of Tanzania',
  US: 'USA|U.S.A.|U.S.|United States of America|America|EE. UU.|EEUU|EUA|États-Unis d’Amérique|США|Estados Unidos de América',
  VA: 'Vatican|Holy See',
  VE: 'Bolivarian Republic of Venezuela',
  VN: 'Viet Nam|Socialist Republic of Viet Nam',
  XK: 'Republic of Kosovo',
  ZA: 'RSA|Republic of South Africa',
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  international:
    'international|global|worldwide|internacional|mundial|mondial|международная|международный|международное|всемирный|دولي|دولية|عالمي',
  regional:
    'regional|region|regionally|régional|régionale|региональная|региональный|региональное|إقليمي|إقليمية',
  undisclosed:
    'undisclosed|not disclosed|prefer not to say|no revelado|non divulgué|не указано|не раскрывается|غير معلن',
}

let known: Map<string, string> | null = null

/** "Korea, Republic of" → KR, "Кыргызстан" → KG, "global" → international; null for what is no country. */
export function recogniseCountry(typed: string): string | null {
  const text = typed.trim()
  if (isCountryCode(text.toUpperCase())) return text.toUpperCase()
  known ??= gather()
  const [place = '', before] = text.split(',', 2)
  const turned = before === undefined ? text : `${before} ${place}`
  return known.get(keyOf(text)) ?? known.get(keyOf(turned)) ?? null
}

/** Letters and digits only, without a leading article. */
function keyOf(text: string): string {
  const words = foldForSearch(text)
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
  return words.replace(/^(?:the|la|el|les?|los|las) (?=\S)/u, '').replaceAll(' ', '')
}

function gather(): Map<string, string> {
  const found = new Map<string, string>()
  const doubtful = new Set<string>(['congo', 'guiana'])
  const add = (name: string, code: string) => {
    const key = keyOf(name)
    const other = found.get(key)
    if (other !== undefined && other !== code) doubtful.add(key)
    else found.set(key, code)
  }
  for (const language of LANGUAGES) {
    for (const { code, name } of countriesIn(language)) add(name, code)
  }
  for (const { code } of countriesIn('en')) add(ownNameOf(code), code)
  for (const key of doubtful) found.delete(key)
  for (const [code, names] of Object.entries({ ...ALIASES, ...ELSEWHERE })) {
    for (const name of names.split('|')) found.set(keyOf(name), code)
  }
  return found
}

/** In the language that most people of the country speak. */
function ownNameOf(code: string): string {
  const { language } = new Intl.Locale(`und-${code}`).maximize()
  return new Intl.DisplayNames([language, 'en'], { type: 'region' }).of(code) ?? code
}
