// Copies a text of the kit, and says so on the button itself.
for (const button of document.querySelectorAll('[data-copy]')) {
  const box = document.getElementById(button.dataset.copy)
  const words = button.textContent
  button.hidden = false
  button.setAttribute('aria-describedby', button.dataset.copy)
  button.addEventListener('click', async () => {
    box.select()
    try {
      // Browsers offer this on https alone.
      await navigator.clipboard.writeText(box.value)
    } catch {
      document.execCommand('copy')
    }
    button.textContent = button.dataset.done
    setTimeout(() => {
      button.textContent = words
    }, 3000)
  })
}
