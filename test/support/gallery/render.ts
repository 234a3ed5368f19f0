// Every view and every mail with sample models, as finished HTML and text.

import { fileURLToPath } from 'node:url'
import type { Page, RenderedMail } from '../../../src/http/page.ts'
import { openViews } from '../../../src/http/views.ts'
import { formatsOf } from '../../../src/languages/formats.ts'
import { dirOf, languages, translator } from '../../../src/languages/languages.ts'
import { pathsUnder } from '../../../src/paths.ts'
import { SLUG, type SamplePage, type SamplePages, type SampleWords } from './cast.ts'
import { endorsingSamples } from './endorsing-samples.ts'
import { linkSamples } from './link-samples.ts'
import { mailSamples } from './mail-samples.ts'
import { plainSamples } from './plain-samples.ts'
import { signatorySamples } from './signatory-samples.ts'
import { readSample, statementSamples } from './statement-samples.ts'

const folder = fileURLToPath(new URL('../../../views/', import.meta.url))
const views = openViews({ folder, strictModels: true })
const SITE_NAME = 'Meridian Sign-on'

export interface Gallery {
  /** by name of the view, `#` and the sample: `endorsements/form#faults` */
  pages: Record<string, string>
  mails: Record<string, RenderedMail>
}

function wordsIn(language: string): SampleWords {
  const paths = pathsUnder('', language === 'en' ? '' : `/${language}`)
  return { language, t: translator(language), format: formatsOf(language), paths }
}

function pageAround({ language, paths }: SampleWords, sample: SamplePage): Page {
  const alternates = languages.map(({ code, name, dir }) => ({
    language: code,
    name,
    dir,
    href: code === 'en' ? '/' : `/${code}`,
    absolute: `https://sign.example/${code === 'en' ? '' : code}`,
    current: code === language,
  }))
  return {
    title: sample.title,
    description: sample.isPrivate ? null : sample.title,
    siteName: SITE_NAME,
    language,
    dir: dirOf(language),
    isDefaultLanguage: language === 'en',
    canonical: sample.isPrivate ? null : `https://sign.example${paths.home()}`,
    alternates,
    hasFaults: false,
    isPrivate: sample.isPrivate ?? false,
    livePath: sample.isLive ? paths.live(SLUG) : null,
    exitHref: sample.isLive ? `https://${language}.wikipedia.org/` : null,
    notices: [],
    isDemo: true,
    mailboxPath: paths.mailbox(),
    desk: null,
    sheets: ['site.css'],
  }
}

async function samplesIn(words: SampleWords): Promise<SamplePages> {
  const sample = await readSample(words.language)
  const { title: text, language: lang } = sample.version
  const shared = { ...words, title: { text, lang, dir: dirOf(lang) } }
  return {
    ...statementSamples(shared, sample),
    ...signatorySamples(shared),
    ...endorsingSamples(shared),
    ...linkSamples(shared),
    ...plainSamples(shared),
  }
}

/** Renders everything in one interface language. */
export async function renderGallery(language: string): Promise<Gallery> {
  const words = wordsIn(language)
  const { t, format, paths } = words
  const locals = { t, format, paths }
  const pages = Object.entries(await samplesIn(words)).map(([name, sample]) => {
    const [template = name] = name.split('#')
    const page = pageAround(words, sample)
    return [name, views.page(template, { page, view: sample.view, ...locals })] as const
  })
  const page = { siteName: SITE_NAME, language, dir: dirOf(language), notices: [] }
  const { version } = await readSample(language)
  const title = { text: version.title, lang: version.language, dir: dirOf(version.language) }
  const mails = Object.entries(mailSamples(title)).map(
    ([name, view]) => [name, views.mail(name, { page, view, ...locals })] as const,
  )
  return { pages: Object.fromEntries(pages), mails: Object.fromEntries(mails) }
}
