// Takes the language prefix off the address: /es/statements is /statements in Spanish.
import type { RequestHandler } from 'express'
import { isLanguage } from '../languages/languages.ts'

export function languagePrefix(): RequestHandler {
  return (req, res, next) => {
    const [, first = '', rest = ''] = /^\/([a-zA-Z-]{2,8})((?:[/?].*)?)$/.exec(req.url) ?? []
    if (isLanguage(first)) {
      res.locals['language'] = first
      req.url = rest.startsWith('/') ? rest : `/${rest}`
    }
    next()
  }
}
