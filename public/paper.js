/* A button for what the browser's own menu does; the sentence beside it says how without it. */
const place = document.querySelector('[data-print]')
if (place) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = place.dataset.print
  button.addEventListener('click', () => window.print())
  place.prepend(button, ' ')
}
