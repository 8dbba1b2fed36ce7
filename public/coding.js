/* Makes coding quicker: single keys tick themes, save and go on. All works without this. They never act while somebody
   types, with Ctrl, Alt or Meta, or when they are switched off (WCAG 2.1.4). */
const box = document.querySelector('[data-keys]')
const use = document.querySelector('[data-use-keys]')
const form = document.querySelector('.desk-form')
const stored = 'heard-coding-keys'

function remembered() {
  try {
    return localStorage.getItem(stored)
  } catch {
    return null
  }
}

if (box && use) {
  box.hidden = false
  use.checked = remembered() !== 'off'
  use.addEventListener('change', () => {
    try {
      localStorage.setItem(stored, use.checked ? 'on' : 'off')
    } catch {
      // Then it holds for this page alone.
    }
  })
}

const typing = (target) =>
  target instanceof Element &&
  target.closest('textarea, select, [contenteditable], input:not([type="checkbox"])') !== null
const acting = (target) => target instanceof Element && target.closest('a, button, summary') !== null

function press(element) {
  if (!element) return false
  if (element.matches('input[type="checkbox"]')) {
    element.checked = !element.checked
    element.focus()
  } else element.click()
  return true
}

/** What a key does; true when it did something. */
function act(key, target) {
  if (key === '/') {
    const find = document.querySelector('[data-find]')
    const around = find?.closest('details')
    if (around) around.open = true
    find?.focus()
    return Boolean(find)
  }
  if (key === '?') {
    box.open = !box.open
    box.querySelector('summary').focus()
    return true
  }
  if (key === 'g') {
    document.querySelector('#gloss')?.focus()
    return Boolean(form)
  }
  if (key === 'Enter') return !acting(target) && press(document.querySelector('[data-key="Enter"]'))
  return press(document.querySelector(`[data-key="${CSS.escape(key)}"]`))
}

document.addEventListener('keydown', (event) => {
  if (!use?.checked || event.defaultPrevented || event.isComposing || event.repeat) return
  if (event.ctrlKey || event.altKey || event.metaKey) return
  if (typing(event.target)) {
    // Out of a field, to where the keys act again.
    if (event.key === 'Escape') document.querySelector('.comment-words')?.focus()
    return
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if ((key.length === 1 || key === 'Enter') && act(key, event.target)) event.preventDefault()
})
