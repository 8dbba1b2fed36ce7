/* A shared tablet: a page that is left alone asks, and then goes back to the start. Without this, the page's own refresh does. */
;(() => {
  const idle = document.getElementById('idle')
  const after = Number(idle.dataset.after)
  const warn = Number(idle.dataset.warn)
  let touched = Date.now()
  let before

  // What was kept here while this was an ordinary browser.
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const key of Object.keys(storage)) if (key.startsWith('heard ')) storage.removeItem(key)
  } catch {
    // No storage, so nothing in it.
  }

  function show(asking) {
    if (idle.hidden !== asking) return
    idle.hidden = !asking
    if (asking) {
      before = document.activeElement
      idle.querySelector('button').focus()
    } else before?.focus({ preventScroll: true })
  }

  function stay() {
    touched = Date.now()
    show(false)
  }

  function go() {
    for (const form of document.querySelectorAll('form')) HTMLFormElement.prototype.reset.call(form)
    // Not a step that "Back" would lead back to.
    location.replace(idle.dataset.home)
  }

  for (const type of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'])
    window.addEventListener(
      type,
      // A key or finger that goes down on the question would come up on what is behind it.
      ({ target }) => idle.contains(target) || stay(),
      { capture: true, passive: true },
    )
  idle.querySelector('button').addEventListener('click', stay)
  setInterval(() => {
    const alone = (Date.now() - touched) / 1000
    if (alone >= after + warn) go()
    else show(alone >= after)
  }, 1000)

  // A page that the browser kept whole may be of the last person: ask the server what belongs here.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })
})()
