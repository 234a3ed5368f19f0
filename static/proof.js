// Does the form's calculation (proof of work) while somebody fills it in. It holds nothing up: a form
// that is sent before the end, or without this script, goes without the result.

const field = document.querySelector('input[data-challenge]')
const teller = document.querySelector('[data-proof]')
const address = new URL('proof-worker.js', document.currentScript.src)

function solve() {
  const worker = new Worker(address, { type: 'module' })
  const end = (solution) => {
    worker.terminate()
    teller.textContent = solution ? teller.dataset.done : ''
    if (solution) field.value = JSON.stringify({ challenge, solution })
  }
  const challenge = JSON.parse(field.dataset.challenge)
  worker.addEventListener('message', (event) => end(event.data))
  worker.addEventListener('error', () => end(null))
  worker.postMessage(challenge, [])
  teller.textContent = teller.dataset.working
}

if (field.value === '' && 'Worker' in window) solve()
