/** An instant cut to its minute: times of people's acts are kept no finer (product.md P-5). */
export function toTheMinute(instant: Date): string {
  return `${instant.toISOString().slice(0, 16)}:00.000Z`
}
