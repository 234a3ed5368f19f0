// Plain links that open a program with the text filled in; nothing is loaded and nobody is told.
import type { Translate } from '../languages/languages.ts'

export function shareLinks(t: Translate, title: string, url: string) {
  const text = t('share.text', { title, url })
  const encoded = encodeURIComponent(text)
  const mail = `mailto:?subject=${encodeURIComponent(t('share.subject', { title }))}&body=${encoded}`
  return [
    { label: t('share.mail'), href: mail },
    { label: 'WhatsApp', href: `https://wa.me/?text=${encoded}` },
    { label: 'Telegram', href: `https://t.me/share/url?url=${encodeURIComponent(url)}` },
    { label: 'Bluesky', href: `https://bsky.app/intent/compose?text=${encoded}` },
  ]
}
