// Keeps the counts and the first page of names up to date. Without this script the page shows what
// was true at the moment it was sent, and nothing is missing.

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
// news come late on a discreet statement, but a withdrawn name must go within a minute all the same
const SECONDS_BETWEEN_LOOKS = 40
// who found no place to listen asks for the counts instead, and tries to listen again after some answers
const SECONDS_BETWEEN_QUESTIONS = place?.hasAttribute('data-slow') ? 60 : 20
const SECONDS_OF_QUESTIONS = 10
const QUESTIONS_BEFORE_LISTENING = 4
let announcedAt = Date.now()

function write(iso, style) {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(iso))
}

/** @returns whether it was another one, as the next */
function showNumber(cell, value) {
  const text = numbers.format(value)
  if (cell.textContent === text) return false
  cell.textContent = text
  cell.classList.remove('is-new')
  void cell.offsetWidth // restarts the animation
  cell.classList.add('is-new')
  return true
}

function showTime(cell, iso) {
  if (cell.dateTime === iso) return false
  cell.dateTime = iso
  cell.textContent = `${write(iso, day)}${comma}${write(iso, time)} UTC`
  return true
}

/** Now and then only: a screen reader must not be interrupted by every signature. */
function announce(total) {
  const teller = place.querySelector('[data-announce]')
  const isTooSoon = Date.now() - announcedAt < SECONDS_BETWEEN_ANNOUNCEMENTS * 1000
  if (teller === null || isTooSoon) return
  announcedAt = Date.now()
  teller.textContent = `${teller.dataset.announce}: ${numbers.format(total)}`
}

/** @returns whether anything has changed */
function show(counts) {
  let hasChanged = false
  for (const cell of place.querySelectorAll('[data-count]')) {
    const value = counts[cell.dataset.count]
    const isNew = typeof value === 'number' ? showNumber(cell, value) : showTime(cell, value)
    hasChanged ||= isNew
  }
  announce(counts.total)
  return hasChanged
}

/** The state of counts and names (the id of a live event) that the names on this page go up to. */
let namesVersion = place?.dataset.version
let hasNews = false
let refreshedAt = -Infinity
let waiting = null

/** Names go and come with the counts: whoever withdraws must leave pages that are open, too. */
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
  if (response !== null && (response.ok ? show(await response.json()) : saysGone(response))) {
    refreshSoon()
  }
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
