// Shortcuts on the review page: j and k go from entry to entry, x ticks, a h r v choose what to do.
// Everything works without them.
const page = document.querySelector('[data-review]')
const ticks = [...(page?.querySelectorAll('.review-name input') ?? [])]
const chosen = { a: 'approved', h: 'held', r: 'rejected', v: 'verified' }

const here = () => ticks.findIndex((tick) => tick.closest('li').contains(document.activeElement))

function act(key) {
  if (key === 'j') ticks[Math.min(here() + 1, ticks.length - 1)]?.focus()
  else if (key === 'k') ticks[Math.max(here() - 1, 0)]?.focus()
  else if (key === 'x') ticks[here()]?.click()
  else if (key in chosen) document.getElementById(`decision-${chosen[key]}`)?.click()
}

document.querySelector('[data-shortcuts]')?.removeAttribute('hidden')
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches(
    'textarea, select, input:not([type=checkbox], [type=radio])',
  )
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  act(event.key)
})
