// Which links a statement may carry: the open web, a mail address, a place on the same page.
// Everything else is refused by not being on this list, however it is disguised.

const webStart = /^https?:\/\/[^\s/\\?#]/i
const mail = /^mailto:[^\s@/?#&%]+@[^\s@/?#&%]+(?:\?subject=[^\s&#]*)?$/i
const fragment = /^#\S*$/
const longest = 2000

export function isAllowedLink(href: string): boolean {
  if (href.length > longest) return false
  return fragment.test(href) || mail.test(href) || isWebAddress(href)
}

/** An absolute http(s) address without a user name, which only serves to deceive. */
export function isWebAddress(text: string): boolean {
  if (text.length > longest || !webStart.test(text) || /[\s\\\p{Cc}\p{Cf}]/u.test(text))
    return false
  const url = URL.parse(text)
  return url !== null && url.hostname !== '' && url.username === '' && url.password === ''
}
