// Load at an even pace, whether or not the last one has been answered: what visitors wait for is counted
// from when they came, also while the site is not answering anybody.
import { Agent, request } from 'node:http'
import type { Post } from './load.ts'

export interface Waits {
  /** milliseconds */
  p50: number
  p99: number
  answers: number
}

export async function steadily(
  url: string,
  next: () => Post,
  { perSecond, times }: { perSecond: number; times: number },
): Promise<Waits> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const started = performance.now()
  const dueAt = (n: number) => started + (n * 1000) / perSecond
  const waiting: Promise<number>[] = []
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      while (waiting.length < times && dueAt(waiting.length) <= performance.now()) {
        waiting.push(send(agent, url, next(), dueAt(waiting.length)))
      }
      if (waiting.length < times) return
      clearInterval(timer)
      resolve()
    }, 2)
  })
  const waits = (await Promise.all(waiting)).sort((a, b) => a - b)
  agent.destroy()
  const at = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? NaN
  return { p50: at(0.5), p99: at(0.99), answers: waits.length }
}

function send(agent: Agent, url: string, { path, fields }: Post, dueAt: number): Promise<number> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { agent, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 303) resolve(performance.now() - dueAt)
        else reject(new Error(`${path} was answered with ${answer.statusCode}`))
      })
    })
    sent.on('error', reject)
    sent.end(new URLSearchParams(fields).toString())
  })
}
