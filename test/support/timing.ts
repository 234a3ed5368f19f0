// How long answers take, in turns, so that whatever slows the machine down slows all of them down.

const rounds = 60

/** @returns medians in milliseconds, by name */
export async function medianTimes(
  asked: Record<string, () => Promise<Response>>,
): Promise<Record<string, number>> {
  const entries = Object.entries(asked)
  const times = new Map(entries.map(([name]) => [name, [] as number[]]))
  for (let round = -5; round < rounds; round += 1) {
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
