// Page: a file is checked by its hash or by sending it; nothing of it is kept.
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { readUpload, uploadOf } from '../http/read-upload.ts'
import { sendPage, speaking } from '../http/respond.ts'
import type { MessageKey } from '../languages/languages.ts'
import { claimIn, type Verified, verifyInPublic } from './verify.ts'

const largestFile = 10_000_000
const hashPattern = /^[0-9a-f]{64}$/

/** As people copy it: with the name behind it, in capitals. */
const hashIn = (text: string) => text.trim().split(/\s/)[0]?.toLowerCase() ?? ''

export function verifyPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const typed = textParam(req, 'sha256')
    const hash = hashIn(typed)
    if (typed === '') return sendVerify(ctx, req, res, {})
    if (!hashPattern.test(hash)) {
      return sendVerify(ctx, req, res, { typed, fault: ['sha256', 'verify.fault.hash'] })
    }
    const verified = await verifyInPublic(ctx, hash, textParam(req, 'name'))
    return sendVerify(ctx, req, res, { typed: hash, verified })
  }
}

/** The same for programs (the command `verify --site`). */
export function verifyFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const hash = hashIn(textParam(req, 'sha256'))
    if (!hashPattern.test(hash)) {
      const fault = speaking(ctx, res).t('verify.fault.hash')
      throw Object.assign(new Error(fault), { status: 422 })
    }
    res
      .set('Cache-Control', 'no-store')
      .json(await verifyInPublic(ctx, hash, textParam(req, 'name')))
  }
}

/** A file is only hashed; the answer has an address of its own. */
export function verifyForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    await readUpload(req, largestFile)
    const { paths } = speaking(ctx, res)
    const { bytes, name } = uploadOf(req)
    const typed = fieldsOf(req)['sha256'] ?? ''
    if (bytes.length > largestFile) {
      return sendVerify(ctx, req, res, { fault: ['file', 'verify.fault.large'] })
    }
    if (bytes.length === 0) {
      if (typed !== '') return res.redirect(303, paths.verify({ sha256: typed.slice(0, 200) }))
      return sendVerify(ctx, req, res, { fault: ['file', 'verify.fault.empty'] })
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const claim = claimIn(name, bytes.subarray(0, 4096).toString())
    res.redirect(303, paths.verify({ sha256, name: claim }))
  }
}

interface Asked {
  typed?: string
  verified?: Verified
  fault?: [field: 'sha256' | 'file', message: MessageKey]
}

function sendVerify(
  ctx: Context,
  req: Request,
  res: Response,
  { typed = '', verified, fault }: Asked,
): void {
  const { t, paths } = speaking(ctx, res)
  const faults = fault ? [{ field: fault[0], message: t(fault[1]) }] : []
  const isEdition = verified !== undefined && verified.outcome !== 'unknown'
  const view = {
    action: paths.verify(),
    values: { sha256: typed },
    verified: verified ?? null,
    href: isEdition ? paths.edition(verified.slug, verified.number) : null,
    newestHref:
      isEdition && verified.newest > verified.number
        ? paths.edition(verified.slug, verified.newest)
        : null,
    faults,
    megabytes: largestFile / 1_000_000,
    keyHref: paths.signingKey('json'),
  }
  const hasFaults = faults.length > 0
  sendPage(ctx, req, res, 'editions/verify', view, {
    title: t('verify.heading'),
    hasFaults,
    isForm: true,
    status: hasFaults ? 422 : 200,
  })
}
