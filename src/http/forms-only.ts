// What is sent to this site is a form, or it is refused: otherwise it would look like an empty form.
import type { RequestHandler } from 'express'

export function formsOnly(): RequestHandler {
  return (req, _res, next) => {
    const isEmpty = req.get('content-length') === '0'
    const isOther = !isEmpty && req.is('application/x-www-form-urlencoded') === false
    next(isOther ? Object.assign(new Error('not a form'), { status: 415 }) : undefined)
  }
}
