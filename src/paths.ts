// Every URL of the site as a function. Views, mails, redirects and tests use only these.

export type Query = Record<string, string | number | null | undefined>
export type ListFormat = 'csv' | 'json' | 'xlsx' | 'docx' | 'txt' | 'datapackage.zip' | 'pdf'
export type PictureName = 'over-time' | 'map' | 'countries'
export type PictureFormat = 'svg' | 'png'

function withQuery(path: string, query: Query = {}): string {
  const entries = Object.entries(query).flatMap(([key, value]) =>
    value === null || value === undefined || value === '' ? [] : [[key, String(value)]],
  )
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`
}

/**
 * The addresses of product.md §4.
 * @param origin '' for paths, or the site's origin for absolute URLs (mails)
 * @param prefix '' for the default language, otherwise '/es', '/ru' …
 * @param through the statement that is read by a private link, and where
 */
export function pathsUnder(
  origin: string,
  prefix: string,
  through: { slug: string; base: string } | null = null,
) {
  const root = `${origin}${prefix}`
  const statement = (slug: string) =>
    root + (through?.slug === slug ? through.base : `/statements/${encodeURIComponent(slug)}`)
  return {
    home: () => root || '/',
    statements: (query?: Query) => withQuery(`${root}/statements`, query),
    statement: (slug: string, query?: Query) => withQuery(statement(slug), query),
    endorse: (slug: string, as?: 'organisation' | 'individual', meaning?: number) =>
      withQuery(`${statement(slug)}/endorse`, { as, meaning }),
    checkYourInbox: (slug: string) => `${statement(slug)}/check-your-inbox`,
    signatories: (slug: string, query?: Query) =>
      withQuery(`${statement(slug)}/signatories`, query),
    signatoriesFile: (slug: string, format: ListFormat, query?: Query) =>
      withQuery(`${statement(slug)}/signatories.${format}`, query),
    letter: (slug: string, query?: Query) => withQuery(`${statement(slug)}/letter.pdf`, query),
    summary: (slug: string) => `${statement(slug)}/summary.pdf`,
    editions: (slug: string, query?: Query) => withQuery(`${statement(slug)}/editions`, query),
    edition: (slug: string, number: number, query?: Query) =>
      withQuery(`${statement(slug)}/editions/${number}`, query),
    editionFile: (slug: string, number: number, name: string) =>
      `${statement(slug)}/editions/${number}.${name}`,
    editionSums: (slug: string, number: number) =>
      `${statement(slug)}/editions/${number}/SHA256SUMS`,
    verify: (query?: Query) => withQuery(`${root}/verify`, query),
    signingKey: (form: 'json' | 'pem') => `${origin}/.well-known/undersigned-key.${form}`,
    /** to type which entry; or the form about one, by its number on the list */
    reportEntry: (slug: string, number?: number) =>
      number === undefined
        ? `${statement(slug)}/report`
        : `${statement(slug)}/signatories/${number}/report`,
    report: (token: string) => `${root}/reports/${token}`,
    count: (slug: string) => `${statement(slug)}/count.json`,
    countries: (slug: string, query?: Query) => withQuery(`${statement(slug)}/countries`, query),
    countriesFile: (slug: string) => `${statement(slug)}/countries.json`,
    press: (slug: string) => `${statement(slug)}/press`,
    /** the press page by a private link, while nothing is public */
    embargoed: (token: string) => `${root}/embargoed/${token}/press`,
    pictures: (slug: string) => `${statement(slug)}/pictures`,
    picture: (slug: string, name: PictureName, format: PictureFormat, query?: Query) =>
      withQuery(`${statement(slug)}/pictures/${name}.${format}`, query),
    changes: (slug: string) => `${statement(slug)}/changes`,
    deliveryFile: (slug: string, file: string) => `${statement(slug)}/files/${file}`,
    updates: (slug: string, query?: Query) => withQuery(`${statement(slug)}/updates`, query),
    live: (slug: string) => `${statement(slug)}/live`,
    confirm: (token: string) => `${root}/confirm/${token}`,
    endorsement: (token: string, query?: Query) => withQuery(`${root}/endorsement/${token}`, query),
    reconfirm: (token: string) => `${root}/reconfirm/${token}`,
    unsubscribe: (token: string) => `${root}/unsubscribe/${token}`,
    ownData: (token: string) => `${root}/endorsement/${token}/data.json`,
    findMyEndorsement: () => `${root}/find-my-endorsement`,
    invitation: (slug: string, token: string, query?: Query) =>
      withQuery(`${statement(slug)}/invitation/${token}`, query),
    stopInvitations: (token: string) => `${root}/invitations/stop/${token}`,
    privacy: () => `${root}/privacy`,
    desk: deskPathsUnder(root),
    mailbox: (query?: Query) => withQuery(`${origin}/mailbox`, query),
    asset: (name: string) => `${origin}/static/${name}`,
  }
}

/** The coordinators' side. `next` is where to go on afterwards. */
function deskPathsUnder(root: string) {
  const desk = `${root}/desk`
  const statement = (slug: string) => `${desk}/statements/${encodeURIComponent(slug)}`
  return {
    home: () => desk,
    signIn: (next?: string) => withQuery(`${desk}/sign-in`, { next }),
    signInSent: () => `${desk}/sign-in/sent`,
    signInWith: (token: string) => `${desk}/sign-in/${token}`,
    first: (token: string) => `${desk}/first/${token}`,
    signOut: () => `${desk}/sign-out`,
    secondFactor: (next?: string) => withQuery(`${desk}/second-factor`, { next }),
    setUpCode: () => `${desk}/second-factor/code`,
    setUpPasskey: () => `${desk}/second-factor/passkey`,
    codePicture: () => `${desk}/second-factor/code.svg`,
    account: () => `${desk}/account`,
    passkeys: () => `${desk}/account/passkeys`,
    people: (query?: Query) => withQuery(`${desk}/people`, query),
    directory: (query?: Query) => withQuery(`${desk}/directory`, query),
    preview: (token: string, query?: Query) => withQuery(`${desk}/preview/${token}`, query),
    site: () => `${desk}/site`,
    activity: (query?: Query) => withQuery(`${desk}/activity`, query),
    newStatement: () => `${desk}/statements/new`,
    statement,
    /** a page below a statement: 'review', 'team' … */
    of: (slug: string, page: string, query?: Query) =>
      withQuery(`${statement(slug)}/${page}`, query),
  }
}

export type Paths = ReturnType<typeof pathsUnder>
