// Keeps counts and names up to date. Without it the page shows what was true when it was sent.

const place = document.querySelector('[data-live]')
const language = document.documentElement.lang
const numbers = new Intl.NumberFormat(`${language}-u-nu-latn`)
const day = { day: 'numeric', month: 'long', year: 'numeric' }
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const locale = language === 'en' ? 'en-GB' : `${language}-u-ca-gregory-nu-latn`
const comma = language === 'ar' ? '، ' : ', '
const SECONDS_BETWEEN_ANNOUNCEMENTS = 60
const SECONDS_BETWEEN_REFRESHES = 20
const SECONDS_OF_SPREAD = 5
// also on a discreet statement, a withdrawn name must go within a minute
const SECONDS_BETWEEN_LOOKS = 40
// where there is no place to listen
const SECONDS_BETWEEN_QUESTIONS = place?.hasAttribute('data-slow') ? 60 : 20
const SECONDS_OF_QUESTIONS = 10
const QUESTIONS_BEFORE_LISTENING = 4
let announcedAt = Date.now()

function write(iso, style) {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(iso))
}

function showNumber(cell, value) {
  const text = numbers.format(value)
  if (cell.textContent === text) return
  cell.textContent = text
  cell.classList.remove('is-new')
  void cell.offsetWidth // restarts the animation
  cell.classList.add('is-new')
}

function showTime(cell, iso) {
  cell.dateTime = iso
  cell.textContent = `${write(iso, day)}${comma}${write(iso, time)} UTC`
}

/** Now and then only: a screen reader must not be interrupted by every signature. */
function announce(total) {
  const teller = place.querySelector('[data-announce]')
  const isTooSoon = Date.now() - announcedAt < SECONDS_BETWEEN_ANNOUNCEMENTS * 1000
  if (teller === null || isTooSoon) return
  announcedAt = Date.now()
  teller.textContent = `${teller.dataset.announce}: ${numbers.format(total)}`
}

function show(counts) {
  for (const cell of place.querySelectorAll('[data-count]')) {
    const value = counts[cell.dataset.count]
    if (typeof value === 'number') showNumber(cell, value)
    else showTime(cell, value)
  }
  announce(counts.total)
}

/** The id of the live event that the names on this page go up to. */
let namesVersion = place?.dataset.version
let hasNews = false
let refreshedAt = -Infinity
let waiting = null

/** Whoever withdraws must leave pages that are open, too. */
function refreshSoon() {
  hasNews = true
  if (waiting !== null) return
  const wait = refreshedAt + SECONDS_BETWEEN_REFRESHES * 1000 - performance.now()
  // not all open pages at the same moment
  const spread = Math.random() * SECONDS_OF_SPREAD * 1000
  waiting = setTimeout(refresh, wait > 0 ? wait + spread : 0)
}

async function refresh() {
  refreshedAt = performance.now()
  hasNews = false
  const isDone = await fetchAgain().catch(() => false)
  waiting = null
  // told of something more while the page was on its way
  if (!isDone || hasNews) refreshSoon()
}

const saysGone = ({ status }) => status === 404 || status === 410

/** @returns whether the page shows what is true now */
async function fetchAgain() {
  const response = await fetch(location.href, { cache: 'no-cache' })
  const isGone = saysGone(response)
  if (!response.ok && !isGone) return false
  const now = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-refresh]')) {
    const next = now.querySelector(`[data-refresh="${part.dataset.refresh}"]`)
    if (next === null) part.replaceChildren()
    else if (part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes)
  }
  namesVersion = now.querySelector('[data-live]')?.dataset.version
  if (isGone) rest()
  return true
}

let source = null
let asking = null
let heard = ''

function listen() {
  if (source !== null) return
  rest()
  const own = new EventSource(place.dataset.live)
  own.addEventListener('count', (event) => {
    show(JSON.parse(event.data))
    if (event.lastEventId !== namesVersion) refreshSoon()
  })
  own.addEventListener('error', () => {
    // it tries again by itself when the line breaks, but not when it was refused
    if (own === source && own.readyState === EventSource.CLOSED) askSoon(1)
  })
  source = own
}

function askSoon(question) {
  rest()
  const seconds = SECONDS_BETWEEN_QUESTIONS + Math.random() * SECONDS_OF_QUESTIONS
  asking = setTimeout(ask, seconds * 1000, question)
}

async function ask(question) {
  const own = asking
  const counts = place.dataset.live.replace(/live$/, 'count.json')
  const response = await fetch(counts, { cache: 'no-cache' }).catch(() => null)
  const text = response?.ok ? await response.text() : heard
  if (text !== heard) show(JSON.parse(text))
  if (text !== heard || (response && saysGone(response))) refreshSoon()
  heard = text
  // left, or gone meanwhile
  if (asking !== own) return
  if (question < QUESTIONS_BEFORE_LISTENING) askSoon(question + 1)
  else listen()
}

/** A page kept for the back button must not hold a connection, and listens anew when shown. */
function rest() {
  source?.close()
  source = null
  clearTimeout(asking)
  asking = null
}

if (place?.hasAttribute('data-slow')) setInterval(refreshSoon, SECONDS_BETWEEN_LOOKS * 1000)
if (place !== null && 'EventSource' in window) {
  addEventListener('pageshow', listen)
  addEventListener('pagehide', rest)
}
