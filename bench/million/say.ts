// One line for each thing that was measured.

/** @param mark what it should be; '' for what has none */
export function say(what: string, figure: string, mark = ''): void {
  console.log(`${what.padEnd(36)} ${figure.padEnd(52)} ${mark}`.trimEnd())
}

/** For what must be so, however fast the machine is. */
export function mustBe(what: string, found: number, expected: number): void {
  if (found === expected) return
  process.exitCode = 1
  console.log(`WRONG: ${what} is ${found} and should be ${expected}`)
}
