// Copies a ready sentence at one press. Without it the text is there to be selected.
async function copyFor(button, label) {
  const { copy, copied } = button.dataset
  const field = document.getElementById(copy)
  field.select()
  await navigator.clipboard.writeText(field.value)
  button.textContent = copied
  setTimeout(() => (button.textContent = label), 3000)
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const label = button.textContent
  button.hidden = !navigator.clipboard
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', () => void copyFor(button, label))
}
