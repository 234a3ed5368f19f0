// How long answers take, in turns, so that whatever slows the machine down slows all of them down.
import assert from 'node:assert/strict'

type Ask = () => Promise<Response>
type Asked = Record<string, Ask> & { stranger: Ask; otherStranger: Ask }

const rounds = 100
const attempts = 3

interface Room {
  /** milliseconds */
  least?: number
  /** of what strangers wait */
  share?: number
  eachRound?: () => void
}

/**
 * All wait as long as strangers do, within what two strangers differ by and some room. What takes longer
 * by design does so each time it is measured; on a busy machine it happens by chance.
 */
export async function assertAlike(
  asked: Asked,
  { least = 2, share = 0.4, eachRound = () => {} }: Room = {},
): Promise<void> {
  const seen: string[] = []
  while (seen.length < attempts) {
    const medians = await medianTimes(asked, eachRound)
    const [one = NaN, other = NaN] = [medians['stranger'], medians['otherStranger']]
    const usual = (one + other) / 2
    const room = Math.max(least, usual * share, Math.abs(one - other) * 4)
    if (Object.values(medians).every((time) => Math.abs(time - usual) <= room)) return
    seen.push(JSON.stringify(medians))
  }
  assert.fail(seen.join('\n'))
}

/** @returns medians in milliseconds, by name */
async function medianTimes(asked: Asked, eachRound: () => void): Promise<Record<string, number>> {
  const entries = Object.entries(asked)
  const times = new Map(entries.map(([name]) => [name, [] as number[]]))
  for (let round = -5; round < rounds; round += 1) {
    eachRound()
    const turn = Math.abs(round) % entries.length
    for (const [name, ask] of [...entries.slice(turn), ...entries.slice(0, turn)]) {
      const start = performance.now()
      await (await ask()).arrayBuffer()
      if (round >= 0) times.get(name)?.push(performance.now() - start)
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]))
}

function median(list: number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN
}
