/* Typing paper answers without the mouse: Enter goes to the next line, Ctrl+Enter saves from any. */
const form = document.querySelector('form.lines')
const fields = () => [...form.querySelectorAll('input:not([type="hidden"]), textarea, button.primary')]

// The browser would set the cursor a moment after the page is there; a quick typist's first key would be lost.
form?.querySelector('[autofocus]')?.focus()

form?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing) return
  const { target } = event
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    form.requestSubmit(form.querySelector('button.primary'))
    return
  }
  // In a comment Shift+Enter is a new line; a button does what it says.
  if (target instanceof HTMLButtonElement || (event.shiftKey && target instanceof HTMLTextAreaElement)) return
  event.preventDefault()
  const all = fields()
  const next = all[all.indexOf(target) + 1]
  next?.focus()
  if (next instanceof HTMLInputElement && next.type === 'text') next.select()
})
