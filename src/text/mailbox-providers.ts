// What is known of the big providers: which domains lead to the same mailbox, and which spellings of
// the local part they deliver alike (product.md R2). Only what a provider documents is listed; a
// wrong merge would take a second person's endorsement away.

export type Provider = {
  /** The first domain stands for all. */
  domains: readonly string[]
  /** Whether all these domains lead to one mailbox; otherwise they only share the rules. */
  isOneMailbox: boolean
  /** Characters that the provider overlooks in the local part. */
  ignored?: RegExp
  /** Whether "+tag" is delivered to the mailbox without it. */
  hasPlusTags: boolean
  /** Characters that mean the same: every one becomes the second. */
  alike?: readonly [string, string]
}

export const PROVIDERS: readonly Provider[] = [
  {
    domains: ['gmail.com', 'googlemail.com'],
    isOneMailbox: true,
    ignored: /\./g,
    hasPlusTags: true,
  },
  {
    domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
    isOneMailbox: true,
    ignored: /[._-]/g,
    hasPlusTags: true,
  },
  {
    domains: ['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua'],
    isOneMailbox: true,
    alike: ['.', '-'],
    hasPlusTags: true,
  },
  { domains: ['icloud.com', 'me.com', 'mac.com'], isOneMailbox: true, hasPlusTags: true },
  {
    domains: [
      ['outlook.com', 'outlook.fr', 'outlook.es', 'outlook.de', 'hotmail.com', 'hotmail.co.uk'],
      ['hotmail.fr', 'hotmail.es', 'hotmail.de', 'hotmail.it', 'live.com', 'live.co.uk'],
      ['live.fr', 'live.nl', 'msn.com'],
    ].flat(),
    isOneMailbox: false,
    hasPlusTags: true,
  },
  { domains: ['fastmail.com', 'fastmail.fm'], isOneMailbox: false, hasPlusTags: true },
  { domains: ['zoho.com', 'zohomail.com', 'zoho.eu'], isOneMailbox: false, hasPlusTags: true },
]

/** Free mailboxes that share no rules with others: they only say nothing about an organisation. */
export const OTHER_FREE_DOMAINS: readonly string[] = (
  'yahoo.com yahoo.co.uk yahoo.fr yahoo.es yahoo.de yahoo.it yahoo.co.in yahoo.com.br ' +
  'yahoo.com.ar yahoo.com.mx yahoo.ca yahoo.co.jp ymail.com rocketmail.com aol.com mail.com ' +
  'email.com usa.com gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr web.de t-online.de ' +
  'freenet.de mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru ukr.net i.ua meta.ua ' +
  'bigmir.net qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net ' +
  'hanmail.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it ' +
  'tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg freemail.hu ' +
  'citromail.hu sapo.pt uol.com.br bol.com.br terra.com.br rediffmail.com hushmail.com ' +
  'hush.com tutanota.com tutanota.de tuta.io tuta.com tutamail.com keemail.me mailfence.com ' +
  'posteo.de posteo.net mailbox.org riseup.net disroot.org autistici.org inventati.org ' +
  'runbox.com btinternet.com sky.com comcast.net verizon.net att.net cox.net shaw.ca ' +
  'bigpond.com optusnet.com.au xtra.co.nz hey.com duck.com inbox.lv'
).split(' ')
