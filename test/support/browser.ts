// A real browser for the stories: one per test process, closed in `after`.
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { findChromium } from './chromium.ts'

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
  return await chromium.launch({
    executablePath: path,
    chromiumSandbox: process.getuid?.() !== 0,
    args: quiet,
    env: { ...process.env, ...env },
  })
}
