// Keeps the counts of a statement up to date. Without this script the page shows the counts of
// the moment it was sent, and nothing is missing.

const panel = document.querySelector('[data-live]')
const language = document.documentElement.lang
const numbers = new Intl.NumberFormat(`${language}-u-nu-latn`)
const day = { day: 'numeric', month: 'long', year: 'numeric' }
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const locale = language === 'en' ? 'en-GB' : `${language}-u-ca-gregory-nu-latn`
const comma = language === 'ar' ? '، ' : ', '
const SECONDS_BETWEEN_ANNOUNCEMENTS = 60
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
  const place = panel.querySelector('[data-announce]')
  if (Date.now() - announcedAt < SECONDS_BETWEEN_ANNOUNCEMENTS * 1000) return
  announcedAt = Date.now()
  place.textContent = `${place.dataset.announce}: ${numbers.format(total)}`
}

function show(counts) {
  for (const cell of panel.querySelectorAll('[data-count]')) {
    const value = counts[cell.dataset.count]
    if (typeof value === 'number') showNumber(cell, value)
    else showTime(cell, value)
  }
  announce(counts.total)
}

let source = null

function listen() {
  if (source !== null) return
  source = new EventSource(panel.dataset.live)
  source.addEventListener('count', (event) => show(JSON.parse(event.data)))
}

/** A page kept for the back button must not hold a connection, and listens anew when shown. */
function rest() {
  source?.close()
  source = null
}

if (panel !== null && 'EventSource' in window) {
  addEventListener('pageshow', listen)
  addEventListener('pagehide', rest)
}
