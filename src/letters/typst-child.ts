// Makes one PDF and ends: the compiler gives no memory back, and a fault in it must not end the site.
// A Job as JSON on stdin, the PDF on stdout.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Job, noCompiler } from './typst-job.ts'

interface Compiled {
  result: object | null
  takeDiagnostics(): { shortDiagnostics: { message: string }[] } | null
}
interface Compiler {
  mapShadow(path: string, content: Buffer): void
  compile(options: { mainFilePath: string }): Compiled
  pdf(document: object, options: { pdfStandard: string }): Buffer
}
interface Library {
  NodeCompiler: { create(options: object): Compiler }
}

const folder = fileURLToPath(new URL('../../views/pdf/', import.meta.url))
const libraryName = `@myriaddreamin/typst-ts-node-compiler-linux-${process.arch}-gnu`

function loadLibrary(): Library {
  try {
    return createRequire(import.meta.url)(libraryName) as Library
  } catch {
    process.exit(noCompiler)
  }
}

function compile({ template, data, fonts, moreFonts }: Job): Buffer {
  const compiler = loadLibrary().NodeCompiler.create({
    workspace: folder,
    fontArgs: [
      { fontBlobs: fonts.map((file) => readFileSync(file)) },
      ...(moreFonts === null ? [] : [{ fontPaths: [moreFonts] }]),
    ],
  })
  compiler.mapShadow(join(folder, 'data.json'), Buffer.from(data))
  const compiled = compiler.compile({ mainFilePath: join(folder, template) })
  if (compiled.result === null) throw new Error(faultOf(compiled))
  return accessible(compiler, compiled.result)
}

/** PDF/UA-1; where a name has a letter that no font knows, which it forbids, tagged all the same. */
function accessible(compiler: Compiler, document: object): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1' })
  } catch {
    process.stderr.write('no PDF/UA: perhaps a letter is in none of the fonts (PDF_FONTS)')
    return compiler.pdf(document, { pdfStandard: '1.7' })
  }
}

function faultOf(compiled: Compiled): string {
  const faults = compiled.takeDiagnostics()?.shortDiagnostics ?? []
  return faults.map(({ message }) => message).join('; ')
}

process.stdout.write(compile(JSON.parse(readFileSync(0, 'utf8')) as Job))
