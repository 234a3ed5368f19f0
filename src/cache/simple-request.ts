// Reads a request that is as plain as can be. Whatever is in the least unusual is left to Node's parser.

/** Headers as node:http names them. */
export interface Asked {
  headers: {
    'accept-encoding'?: string | undefined
    'if-none-match'?: string | undefined
    'cache-control'?: string | undefined
  }
}

const longest = 4096
/** One GET, with nothing before or after it: no line is empty but the last. */
const whole = /^GET (\/[!-~]*) HTTP\/1\.1\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t -~]*\r\n)+\r\n$/
const beforeHeaders = 'GET  HTTP/1.1\r\n'.length

const told = ['host', 'accept-encoding', 'if-none-match', 'cache-control', 'connection']
/** about a body, another protocol, or who asks */
const unusual = [
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'cookie',
  'authorization',
]
const readable = new Map([
  ...told.map((name) => [name, true] as const),
  ...unusual.map((name) => [name, false] as const),
])

export interface SimpleRequest extends Asked {
  url: string
}

/** @param bytes as they came from the network; null: it is not that plain, or not all of it has come */
export function readSimpleRequest(bytes: Buffer): SimpleRequest | null {
  if (bytes.length > longest) return null
  const text = bytes.toString('latin1')
  const url = whole.exec(text)?.[1]
  if (url === undefined) return null
  const headers = readHeaders(text, beforeHeaders + url.length)
  if (headers?.['host'] === undefined) return null
  if ((headers['connection'] ?? 'keep-alive').toLowerCase() !== 'keep-alive') return null
  return { url, headers }
}

function readHeaders(text: string, from: number): Record<string, string> | null {
  const headers: Record<string, string> = {}
  for (let at = from; at < text.length - 2;) {
    const colon = text.indexOf(':', at)
    const end = text.indexOf('\r', colon)
    const name = text.slice(at, colon).toLowerCase()
    const isReadable = readable.get(name)
    // said twice, it is for others to say what it means
    if (isReadable === false || name in headers) return null
    if (isReadable) headers[name] = text.slice(colon + 1, end).trim()
    at = end + 2
  }
  return headers
}
