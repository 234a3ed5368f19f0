// Takes a picture of a page, for looking at it:
// npx node test/support/screenshot.ts URL out.png [--width 360] [--dark] [--full] [--no-js]
import { parseArgs } from 'node:util'
import { openBrowser } from './browser.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    'no-js': { type: 'boolean', default: false },
  },
})

async function takePicture(url: string, path: string): Promise<void> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({
      viewport: { width: Number(values.width), height: Number(values.height) },
      colorScheme: values.dark ? 'dark' : 'light',
      javaScriptEnabled: !values['no-js'],
    })
    // Not 'networkidle': a page that listens to Server-Sent Events is never idle.
    const response = await page.goto(url, { waitUntil: 'load' })
    const [across, title] = await Promise.all([
      page.evaluate('document.documentElement.scrollWidth'),
      page.title(),
    ])
    await page.screenshot({ path, fullPage: values.full })
    console.log(
      `${response?.status() ?? '-'} ${title} · ${String(across)} px of ${values.width} · ${path}`,
    )
  } finally {
    await browser.close()
  }
}

const [url, path] = positionals
if (url === undefined || path === undefined) {
  console.error('Usage: screenshot.ts URL out.png [--width 360] [--dark] [--full] [--no-js]')
  process.exitCode = 1
} else {
  await takePicture(url, path)
}
