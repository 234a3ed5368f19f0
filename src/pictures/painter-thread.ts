// Paints one picture and ends. A Job comes in, the bytes of the PNG go out.
import { parentPort, workerData } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import type { Job } from './painter.ts'

/** Sharp on the screens of today, and large enough for a printed page. */
const zoom = 2

const { svg, fonts, moreFonts } = workerData as Job
const picture = new Resvg(svg, {
  font: {
    loadSystemFonts: false,
    fontFiles: fonts,
    fontDirs: moreFonts === null ? [] : [moreFonts],
  },
  fitTo: { mode: 'zoom', value: zoom },
})
// a thread has no origin
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(picture.render().asPng())
