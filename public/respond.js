/* Makes ranking quicker: buttons and dragging on the same selects that work without this script. */
for (const list of document.querySelectorAll('ol.ranking')) {
  const places = Number(list.dataset.places)
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
  const items = () => [...list.children]
  const select = (item) => item.querySelector('select')
  const label = (item) => item.querySelector('label').textContent.trim()
  const format = new Intl.NumberFormat(document.documentElement.lang)
  const initial = items()

  const live = document.createElement('p')
  live.className = 'unseen'
  live.setAttribute('aria-live', 'polite')
  const keep = button('quiet', list.dataset.keep)
  const clear = button('quiet', list.dataset.clear)
  const row = document.createElement('p')
  row.className = 'ranking-acts'
  row.append(keep, clear)
  list.after(row, live)

  function button(className, text) {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = className
    made.textContent = text
    return made
  }

  function paint() {
    const ranked = items().some((item) => select(item).value)
    keep.hidden = ranked
    clear.hidden = !ranked
    items().forEach((item, index) => {
      item.classList.toggle('ranked', select(item).value !== '')
      item.querySelector('.up').disabled = index === 0
      item.querySelector('.down').disabled = index === items().length - 1
    })
  }

  /** The order on the screen becomes the answer. */
  function take() {
    items().forEach((item, index) => {
      select(item).value = index < places ? String(index + 1) : ''
    })
    paint()
  }

  function announce(item) {
    const at = items().indexOf(item) + 1
    live.textContent = say(list.dataset.moved, {
      item: label(item),
      at: format.format(at),
      of: format.format(items().length),
    })
  }

  function move(item, by, control) {
    const other = items()[items().indexOf(item) + by]
    if (!other) return
    if (by < 0) other.before(item)
    else other.after(item)
    take()
    announce(item)
    // A button that has just become disabled would lose the focus to the top of the page.
    const next = control.disabled ? item.querySelector(by < 0 ? '.down' : '.up') : control
    next.focus()
  }

  /** Ranked options stand first, in their order; the others keep theirs. */
  function sort() {
    const rank = (item) => Number(select(item).value) || places + 1 + initial.indexOf(item)
    list.append(...items().sort((a, b) => rank(a) - rank(b)))
  }

  for (const item of items()) {
    const up = button('move up', '↑')
    const down = button('move down', '↓')
    up.setAttribute('aria-label', say(list.dataset.up, { item: label(item) }))
    down.setAttribute('aria-label', say(list.dataset.down, { item: label(item) }))
    up.addEventListener('click', () => move(item, -1, up))
    down.addEventListener('click', () => move(item, 1, down))
    const handle = document.createElement('span')
    handle.className = 'handle'
    handle.title = say(list.dataset.drag, { item: label(item) })
    handle.setAttribute('aria-hidden', 'true')
    item.prepend(handle)
    item.append(up, down)

    let before = select(item).value
    select(item).addEventListener('focus', () => {
      before = select(item).value
    })
    select(item).addEventListener('change', () => {
      const twin = items().find(
        (other) => other !== item && select(other).value !== '' && select(other).value === select(item).value,
      )
      if (twin) select(twin).value = before
      before = select(item).value
      sort()
      paint()
      select(item).focus()
      if (before) announce(item)
      else live.textContent = say(list.dataset.unranked, { item: label(item) })
    })

    handle.addEventListener('pointerdown', (down) => {
      if (down.button !== 0) return
      down.preventDefault()
      handle.setPointerCapture(down.pointerId)
      item.classList.add('dragged')
      let moved = false
      const follow = (event) => {
        const over = items().find((other) => {
          const box = other.getBoundingClientRect()
          return other !== item && event.clientY >= box.top && event.clientY <= box.bottom
        })
        if (!over) return
        const box = over.getBoundingClientRect()
        const lower = items().indexOf(over) > items().indexOf(item)
        // Past the middle of the neighbour, so that rows of different height do not flicker.
        // The neighbour is moved, not the item: an element that is moved loses the pointer that it captured.
        if (lower && event.clientY > box.top + box.height / 2) item.before(over)
        else if (!lower && event.clientY < box.top + box.height / 2) item.after(over)
        else return
        moved = true
      }
      const stop = () => {
        handle.removeEventListener('pointermove', follow)
        item.classList.remove('dragged')
        if (!moved) return
        take()
        announce(item)
      }
      handle.addEventListener('pointermove', follow)
      handle.addEventListener('pointerup', stop, { once: true })
      handle.addEventListener('pointercancel', stop, { once: true })
    })
  }

  keep.addEventListener('click', () => {
    take()
    live.textContent = list.dataset.kept
    clear.focus()
  })
  clear.addEventListener('click', () => {
    for (const item of items()) select(item).value = ''
    list.append(...initial)
    paint()
    live.textContent = list.dataset.cleared
    keep.focus()
  })

  list.classList.add('quick')
  if (items().some((item) => select(item).value)) sort()
  paint()
}

document.getElementById('problems')?.focus()

/* A second press at once would only send the same page again; a later one means that the first was stopped or lost. */
for (const form of document.querySelectorAll('form.answers')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    else setTimeout(() => delete form.dataset.sent, 5000)
    form.dataset.sent = 'yes'
  })
  window.addEventListener('pageshow', () => delete form.dataset.sent)
}
