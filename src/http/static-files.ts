// The files that pages load: those in static/, and the solver of the proof of work, which comes with
// altcha-lib and is loaded by static/proof-worker.js only.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'

const folder = fileURLToPath(new URL('../../static/', import.meta.url))
const library = dirname(fileURLToPath(import.meta.resolve('altcha-lib')))
const solver = ['pow.js', 'helpers.js', 'types.js', 'algorithms/web/pbkdf2.js']
const maxAge = '1h'

export function staticFiles(): Router {
  const router = express.Router()
  for (const file of solver) {
    // by its root: a folder above that begins with a dot must not make it a hidden file
    router.get(`/altcha/${file}`, (_req, res) => res.sendFile(file, { root: library, maxAge }))
  }
  router.use(express.static(folder, { maxAge, index: false }))
  return router
}
