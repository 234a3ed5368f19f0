// The exact words of the form to which a person agrees, as evidence (product.md P-5, P-6).
import { type MessageKey, translator } from '../languages/languages.ts'
import type { AgreedTexts } from './endorse.ts'
import type { EndorserType } from './endorsement.ts'

const texts = new Map<string, AgreedTexts>()

export function agreedTexts(type: EndorserType, language: string): AgreedTexts {
  const key = `${type} ${language}`
  const known = texts.get(key) ?? gather(type, language)
  texts.set(key, known)
  return known
}

function gather(type: EndorserType, language: string): AgreedTexts {
  const t = translator(language)
  const labels: MessageKey[] = [
    ...(type === 'organisation' ? (['consent.authorised'] as const) : []),
    `consent.consent.${type}`,
    'consent.updates',
    `visibility.listed.explained.${type}`,
    `visibility.withheld.explained.${type}`,
    `visibility.confidential.explained.${type}`,
  ]
  return {
    notice: t('consent.notice'),
    labels: JSON.stringify(labels.map((label) => t(label))),
  }
}
