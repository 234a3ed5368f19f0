/** Takes the meaning from `%` and `_` in what a visitor searched for; for `like … escape '\'`. */
export function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
