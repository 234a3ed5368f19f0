// A new text of a statement, through the same use cases as the buttons of the desk.
import assert from 'node:assert/strict'
import { publishText } from '../../src/editor/publish-text.ts'
import { readWorkingTexts, saveText } from '../../src/editor/save-text.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import type { TestSite } from './site.ts'

async function textsOf({ ctx }: TestSite, slug: string) {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement)
  const texts = await readWorkingTexts(ctx, statement)
  const main = texts.find(({ isAuthoritative }) => isAuthoritative)
  assert.ok(main)
  return { texts, main }
}

/** Adds a paragraph to the text of a language and marks it as reviewed. @returns its mark */
export async function reviewText(site: TestSite, slug: string, language: string, more: string) {
  const { texts, main } = await textsOf(site, slug)
  const text = texts.find((each) => each.language === language)
  assert.ok(text)
  const { title, summary, body, mark: madeFrom } = text
  const changed = { language, title, summary, body: `${body}\n\n${more}` }
  const how = { isReviewed: true, isUpToDate: true, madeFrom, sourceMark: main.mark }
  assert.equal(await saveText(site.ctx, slug, { text: changed, ...how }, 'test'), 'saved')
  const after = (await textsOf(site, slug)).texts.find((each) => each.language === language)
  return after?.mark ?? ''
}

/** Publishes a new authoritative text, with the translations that are given. */
export async function publishNewText(
  site: TestSite,
  slug: string,
  more: string,
  translations: Record<string, string> = {},
): Promise<void> {
  const madeFrom = await reviewText(site, slug, 'en', more)
  for (const [language, words] of Object.entries(translations)) {
    await reviewText(site, slug, language, words)
  }
  const wanted = { language: 'en', madeFrom, reason: `Now: ${more}`, isSmall: false }
  const done = await publishText(site.ctx, slug, { ...wanted, isNewText: true }, 'test')
  assert.equal(done, 'published')
}
