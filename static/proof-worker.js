// Solves the proof of work beside the page, so that typing is never slow.
import { solveChallenge } from './altcha/pow.js'
import { deriveKey } from './altcha/algorithms/web/pbkdf2.js'

addEventListener('message', ({ data: challenge }) => {
  solveChallenge({ challenge, deriveKey }).then(
    (solution) => postMessage(solution),
    () => postMessage(null),
  )
})
