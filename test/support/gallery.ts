// Renders every view with sample models to files, for looking at them:
// npx node test/support/gallery.ts OUTDIR [LANGUAGE…]

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { languages } from '../../src/languages/languages.ts'
import { renderGallery } from './gallery/render.ts'

async function writeGallery(folder: string, language: string): Promise<void> {
  const { pages, mails } = await renderGallery(language)
  mkdirSync(join(folder, language), { recursive: true })
  const write = (file: string, content: string) => {
    writeFileSync(join(folder, language, file), content)
  }
  for (const [name, html] of Object.entries(pages)) {
    const file = `${name.replaceAll(/[/#]/g, '-')}.html`
    write(file, html.replaceAll('"/static/', '"../static/'))
  }
  for (const [name, { subject, text, html }] of Object.entries(mails)) {
    write(`mail-${name}.html`, html)
    write(`mail-${name}.txt`, `${subject}\n\n${text}`)
  }
}

const [folder, ...wanted] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Usage: gallery.ts OUTDIR [LANGUAGE…]')
  process.exitCode = 1
} else {
  const styles = fileURLToPath(new URL('../../static/', import.meta.url))
  cpSync(styles, join(folder, 'static'), { recursive: true })
  const chosen = wanted.length > 0 ? wanted : languages.map(({ code }) => code)
  for (const language of chosen) await writeGallery(folder, language)
  console.log(`${chosen.join(', ')}: ${folder}`)
}
