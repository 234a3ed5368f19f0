// A real browser for the stories: one per test process, closed in `after`.
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { patienceMs } from './until.ts'

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium refuses its sandbox as root only, so it is kept for everybody else. */
export async function openBrowser(): Promise<Browser> {
  const { path, env } = await findChromium()
  const browser = await chromium.launch({
    timeout: patienceMs,
    executablePath: path,
    chromiumSandbox: process.getuid?.() !== 0,
    args: quiet,
    env: { ...process.env, ...env },
  })
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    context.setDefaultTimeout(patienceMs)
    return context
  }
  return browser
}
