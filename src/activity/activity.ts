// Use case: who did what at the desk, in words, from the audit log.
import { listDone, searchLog } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { namesOfCoordinators } from '../coordinators/teams.ts'
import { isMessageKey, type Translate } from '../languages/languages.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import { inLanguage, versionFor } from '../statements/stored-statement.ts'
import { foldForSearch } from '../text/fold.ts'
import type { Lang } from '../http/page.ts'

export interface Wanted {
  /** slugs of the statements whose entries may be seen; null: everything */
  slugs: string[] | null
  /** an actor as the audit log writes it; '' for all */
  who: string
  q: string
  limit: number
  offset: number
}

/** Somebody who did something, or to whom it was done. */
export interface Person {
  id: string
  name: string
  isGone: boolean
}

export interface Done {
  at: string
  who: Person
  what: string
  /** a statement, or words for anything else */
  subject: { slug: string; title: Lang } | { slug: null; words: string }
  details: string[]
}

export interface Activity {
  rows: Done[]
  total: number
  /** everybody who did anything here */
  people: Person[]
}

type Titles = Map<string, Lang>
type People = Map<string, { name: string; isGone: boolean }>

interface Words {
  t: Translate
  people: People
  titles: Titles
}

export async function findActivity(
  { db }: Pick<Context, 'db'>,
  wanted: Wanted,
  { t, language }: { t: Translate; language: string },
): Promise<Activity> {
  const words = {
    t,
    people: await namesOfCoordinators({ db }),
    titles: await titlesIn(db, language),
  }
  const scope = { subjects: wanted.slugs }
  const done = await listDone(db, scope)
  const q = foldForSearch(wanted.q)
  const search = {
    ...scope,
    actor: wanted.who === '' ? null : wanted.who,
    words: q === '' ? null : { text: q, ...matching(q, done.actions, words) },
  }
  const { rows, total } = await searchLog(db, search, wanted)
  const people = done.actors.map((id) => personOf(id, words))
  return {
    total,
    people: people.toSorted((a, b) => a.name.localeCompare(b.name)),
    rows: rows.map((row) => ({
      at: row.at,
      who: personOf(row.actor, words),
      what: wordsFor(row.action, t),
      subject: subjectOf(row.subject, words),
      details: detailsOf(row.detail, words),
    })),
  }
}

async function titlesIn(db: Context['db'], language: string): Promise<Titles> {
  const all = await listAllStatements(db)
  return new Map(
    all.map((statement) => {
      const text = versionFor(statement, language)
      return [statement.slug, inLanguage(text.title, text.language)]
    }),
  )
}

const mostPeople = 20

/** What is meant by what was typed: names of people, words for actions. */
function matching(q: string, actions: string[], { t, people, titles }: Words) {
  const fits = (text: string) => foldForSearch(text).includes(q)
  return {
    actions: actions.filter((action) => fits(wordsFor(action, t))),
    people: [...people]
      .filter(([, { name }]) => fits(name))
      .map(([id]) => id)
      .slice(0, mostPeople),
    subjects: [...titles].filter(([, { text }]) => fits(text)).map(([slug]) => slug),
  }
}

/** What has no words yet is told as the log writes it. */
function wordsFor(action: string, t: Translate): string {
  const key = `desk.did.${action.replaceAll(' ', '-')}`
  return isMessageKey(key) ? t(key) : action
}

function personOf(id: string, { t, people }: Words): Person {
  if (id === 'command line') return { id, name: t('desk.activity.command-line'), isGone: false }
  const known = people.get(id)
  return known ? { id, ...known } : { id, name: systemName(id, t), isGone: false }
}

const systemName = (id: string, t: Translate) =>
  id === 'system' || id === 'first admin' ? t('desk.activity.system') : id

function subjectOf(subject: string, { t, people, titles }: Words): Done['subject'] {
  const title = titles.get(subject)
  if (title) return { slug: subject, title }
  const words = subject === 'site' ? t('desk.site') : (people.get(subject)?.name ?? subject)
  return { slug: null, words }
}

function detailsOf(detail: string, words: Words): string[] {
  const known = JSON.parse(detail) as Record<string, string | number | boolean | null>
  return Object.entries(known).map(([key, value]) => {
    const label = `desk.detail.${key}`
    const name = isMessageKey(label) ? words.t(label) : key
    return words.t('desk.activity.detail', { name, value: valueOf(key, value, words) })
  })
}

function valueOf(key: string, value: string | number | boolean | null, { t, people }: Words) {
  if (value === null) return '–'
  if (typeof value === 'boolean') return t(value ? 'desk.yes' : 'desk.no')
  if (typeof value === 'number') return String(value)
  if (key === 'person') return people.get(value)?.name ?? value
  const named = key === 'role' ? `role.${value}` : `desk.value.${value}`
  return isMessageKey(named) ? t(named) : value
}
