// Reads forms. What is sent to this site is a form, or it is refused: otherwise it would look like an
// empty form. Bytes that are no UTF-8 become U+FFFD (and are refused as such where names are read).
import express, { type RequestHandler } from 'express'
import { uploadType } from './read-upload.ts'

export const formType = 'application/x-www-form-urlencoded'
const longest = '64kb'
const mostFields = 100
// the text of a statement, of which each character may take nine bytes, and its lists
const desk = /^\/desk\/statements\//
// PostgreSQL stores no U+0000; at the desk, whose forms name rows by their ids, it is a damaged character
const zero = /%00|\0/g
const damaged = '\uFFFD'
const longestAtDesk = '2mb'
const mostFieldsAtDesk = 4000
// RFC 8058, 3.2: mail programs may send this one as multipart/form-data; nothing in it is read
const oneClick = /^\/(?:unsubscribe|invitations\/stop)\/[^/]+$/

/** @param takesFiles the addresses whose own handler reads a form with a file, behind their door */
export function readForms(takesFiles: RegExp): RequestHandler[] {
  const short = express.text({ type: formType, limit: longest })
  const long = express.text({ type: formType, limit: longestAtDesk })
  const read: RequestHandler = (req, res, next) =>
    desk.test(req.path) ? long(req, res, next) : short(req, res, next)
  return [formsOnly(takesFiles), read, parseForm()]
}

function formsOnly(takesFiles: RegExp): RequestHandler {
  return (req, _res, next) => {
    const isEmpty = req.get('content-length') === '0'
    const charset = /charset="?([\w-]+)/i.exec(req.get('content-type') ?? '')?.[1] ?? 'utf-8'
    if (takesFiles.test(req.path) && req.is(uploadType) !== false) return next()
    const isOneClick = oneClick.test(req.path) && req.is('multipart/form-data') !== false
    if (isOneClick) return next()
    const isOther = !isEmpty && (req.is(formType) === false || charset.toLowerCase() !== 'utf-8')
    next(isOther ? Object.assign(new Error('not a form'), { status: 415 }) : undefined)
  }
}

/** A field that comes twice counts with its first value. */
function parseForm(): RequestHandler {
  return (req, _res, next) => {
    const sent: unknown = req.body
    const text = typeof sent === 'string' ? sent : ''
    const fields = new URLSearchParams(
      req.path.startsWith('/desk/') ? text.replaceAll(zero, damaged) : text,
    )
    if (fields.size > (desk.test(req.path) ? mostFieldsAtDesk : mostFields)) {
      return next(Object.assign(new Error('too many fields'), { status: 413 }))
    }
    req.body = Object.fromEntries([...fields].toReversed())
    next()
  }
}
