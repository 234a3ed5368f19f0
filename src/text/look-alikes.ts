// Letters of other alphabets that pass for Latin ones, and the plain "skeleton" in which a name and
// its imitation are the same text. After Unicode's confusables (UTS 39), kept to the alphabets that
// are really used for it. Small and capital letters apart: "н" is no Latin letter, "Н" is an H.

const PAIRS =
  // Cyrillic
  'аa еe ёe іi їi јj ѕs оo рp сc уy хx һh ԁd ԛq ԝw ӏl ѵv ґr гr ' +
  'АA ВB ЕE ЁE ІI ЇI ЈJ ЅS КK кk МM НH ОO РP СC ТT УY ХX ҺH ԌG ԚQ ԜW ӀI ѴV ' +
  // Greek
  'αa οo ρp νv ιi κk υu χx γy ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ' +
  // Armenian, Cherokee
  'օo ոn սu հh ցg զq յj ՕO ՍU ՏS ᎪA ᏴB ᏟC ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏚS ᎢT ᏙV ᎳW ᏃZ'

const LATIN_FOR = new Map(
  PAIRS.split(' ').map((pair) => {
    const [foreign = '', latin = ''] = pair
    return [foreign, latin]
  }),
)

function asLatin(text: string): string {
  return Array.from(text)
    .map((letter) => LATIN_FOR.get(letter) ?? letter)
    .join('')
}

/** `plainWords` of what a name looks like: Cyrillic "аррӏе" → "apple". */
export function skeleton(text: string): string {
  return plainWords(asLatin(text.normalize('NFKD').replaceAll(/\p{M}/gu, '')))
}

/** Lower-case words in compatible letters without marks or punctuation, parted by one space. */
export function plainWords(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return bare.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/**
 * The skeleton in which also those Latin letters and digits are one that are told apart only by
 * looking twice (UTS 39): "lnternational" → that of "International". For comparing with a short list.
 */
export function strictSkeleton(text: string): string {
  const plain = skeleton(text).replaceAll('vv', 'w').replaceAll('rn', 'm')
  return plain.replaceAll(/[i1]/g, 'l').replaceAll('0', 'o')
}
