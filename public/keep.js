/*
 * Keeps what is typed on this device until it is sent, and sends it when there is a connection. Pages work without
 * this: then the browser sends the form by itself. Comes before respond.js, so that a ranking is sorted as it was kept.
 */
;(() => {
  const form = document.querySelector('form.answers')
  const status = document.querySelector('.sending')
  const slug = form?.dataset.keep
  const page = `heard ${slug} ${form?.dataset.section}`
  const copyOf = (name) => `heard copy ${name}`

  /** A browser may refuse storage altogether, or have no room left: then nothing is kept, and all else works. */
  function attempt(work) {
    try {
      return work()
    } catch {
      return undefined
    }
  }

  const say = (name) => {
    if (!status) return
    status.dataset.state = name ?? ''
    status.textContent = name ? status.dataset[name] : ''
  }

  /** Forgets what is kept of a survey, or only of drafts other than `mark`. */
  function forget(name, mark) {
    attempt(() => {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(`heard ${name} `)) continue
        if (!mark || JSON.parse(localStorage[key]).mark !== mark) localStorage.removeItem(key)
      }
    })
  }

  // By selector: a question may be called like a property of forms. In this order for good: a ranking moves its rows.
  const fields = form
    ? [...form.querySelectorAll('input:not([type="hidden"]), select, textarea')].filter(({ name }) => name)
    : []
  const sentBefore = ({ options }) => [...options].find((option) => option.defaultSelected)?.value ?? ''
  const isChecked = ({ type }) => type === 'radio' || type === 'checkbox'
  /** Every field as it is now, or as it came from the server. */
  const values = (now) =>
    fields.map((field) => {
      if (isChecked(field)) return now ? field.checked : field.defaultChecked
      if (field.options) return now ? field.value : sentBefore(field)
      return now ? field.value : field.defaultValue
    })

  const served = JSON.stringify(values(false))

  function keep() {
    attempt(() => {
      const typed = values(true)
      if (JSON.stringify(typed) === served) localStorage.removeItem(page)
      else localStorage.setItem(page, JSON.stringify({ mark: form.dataset.mark, served, typed }))
    })
  }

  function restore() {
    const kept = attempt(() => JSON.parse(localStorage.getItem(page)))
    if (!kept) return
    // The server has newer answers than those that were changed here, or the page asks something else now.
    if (kept.served !== served || kept.typed.length !== fields.length)
      return attempt(() => localStorage.removeItem(page))
    fields.forEach((field, at) => {
      if (isChecked(field)) field.checked = kept.typed[at]
      else field.value = kept.typed[at]
    })
    say('restored')
  }

  if (slug) {
    forget(slug, form.dataset.mark)
    restore()
    // Moving a row changes no field that would tell of it, so presses count too, once they have done their work.
    let waits = false
    const soon = () => {
      waits = true
      setTimeout(() => {
        waits = false
        keep()
      })
    }
    for (const type of ['input', 'change', 'click', 'pointerup']) form.addEventListener(type, soon)
    // A page can be left in the same moment.
    window.addEventListener('pagehide', () => {
      if (waits) keep()
    })
  }

  /* Sending */
  const pauses = [3, 5, 10, 20, 30]
  let tries = 0
  let busy = false
  let gone = false
  let pressed
  let again

  const body = () => {
    const sent = new URLSearchParams()
    for (const [name, value] of new FormData(form)) sent.append(name, value)
    if (pressed?.name) sent.append(pressed.name, pressed.value)
    return sent
  }

  async function send() {
    clearTimeout(again)
    busy = true
    const slow = setTimeout(() => say('sending'), 1500)
    const given = new AbortController()
    const late = setTimeout(() => given.abort(), 30_000)
    try {
      const answer = await fetch(form.getAttribute('action'), {
        method: 'POST',
        body: body(),
        headers: { 'Sent-By': 'script' },
        signal: given.signal,
      })
      const json = answer.headers.get('content-type')?.startsWith('application/json')
      if (answer.ok && json) return leave((await answer.json()).to)
      // Between here and the server something is starting again.
      if (answer.status === 502 || answer.status === 504) throw answer
      // Anything else is a page for people: the browser fetches and shows it.
      sendPlainly()
    } catch {
      wait()
    } finally {
      clearTimeout(slow)
      clearTimeout(late)
      busy = false
    }
  }

  function sendPlainly() {
    if (pressed?.name) {
      const said = document.createElement('input')
      said.type = 'hidden'
      said.name = pressed.name
      said.value = pressed.value
      form.append(said)
    }
    HTMLFormElement.prototype.submit.call(form)
  }

  function leave(to) {
    gone = true
    setTimeout(() => {
      gone = false
    }, 5000)
    attempt(() => localStorage.removeItem(page))
    const name = form.dataset.copy
    if (name && to.endsWith('/thanks'))
      // What the server wrote on this very page: no words that were not escaped by it.
      attempt(() => {
        const told = [...form.querySelectorAll('.review')].map(({ outerHTML }) => outerHTML)
        sessionStorage.setItem(copyOf(name), told.join(''))
      })
    location.assign(to)
  }

  function wait() {
    say('waiting')
    again = setTimeout(send, 1000 * pauses[Math.min(tries++, pauses.length - 1)])
  }

  form?.addEventListener('submit', (event) => {
    if (typeof fetch !== 'function') return
    event.preventDefault()
    // A second press while the first is under way would only send the same page again.
    if (busy || gone) return
    pressed = event.submitter
    tries = 0
    send()
  })
  window.addEventListener('online', () => {
    if (!busy && status?.dataset.state === 'waiting') send()
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    gone = false
    say()
  })

  /* The receipt and the start */
  for (const place of document.querySelectorAll('[data-forget]')) {
    if (place.tagName === 'A') place.addEventListener('click', () => forget(place.dataset.forget))
    else forget(place.dataset.forget)
  }

  const copy = document.querySelector('section.copy')
  if (copy) {
    const key = copyOf(copy.dataset.copy)
    const told = attempt(() => sessionStorage.getItem(key))
    const shown = copy.querySelector('div')
    if (told) {
      shown.innerHTML = told
      for (const link of shown.querySelectorAll('a')) link.parentElement.remove()
      copy.hidden = false
    }
    let stays = false
    for (const link of document.querySelectorAll('.choose-language a'))
      link.addEventListener('click', () => {
        stays = true
      })
    // Also from what the browser keeps of the page to go back to.
    window.addEventListener('pagehide', () => {
      if (stays) return
      attempt(() => sessionStorage.removeItem(key))
      shown.textContent = ''
      copy.hidden = true
    })
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
})()
