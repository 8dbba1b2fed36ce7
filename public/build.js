/* Makes building quicker: dragging, a preview while typing, skip logic without a round trip. All works without this. */
const make = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (name in made && name !== 'list') made[name] = value
    else made.setAttribute(name, value)
  made.append(...inside)
  return made
}

/* Dragging: of questions and sections, which is saved at once, and of rows, which is saved with the form. */
function handleFor(item, words, { into, done }) {
  const handle = make('span', { className: 'handle', title: words, ariaHidden: 'true' })
  handle.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return
    down.preventDefault()
    handle.setPointerCapture(down.pointerId)
    item.classList.add('dragged')
    const began = item.nextElementSibling
    const home = item.parentElement
    const follow = ({ clientX, clientY }) => {
      const under = document.elementsFromPoint(clientX, clientY)
      const over = under.find((one) => one !== item && !item.contains(one) && into(one))
      if (!over) return
      // The pointer stays captured although the item moves: it is captured again at once.
      if (over.matches('ol')) over.append(item)
      else {
        const box = over.getBoundingClientRect()
        if (clientY < box.top + box.height / 2) over.before(item)
        else over.after(item)
      }
      handle.setPointerCapture(down.pointerId)
    }
    const stop = () => {
      handle.removeEventListener('pointermove', follow)
      item.classList.remove('dragged')
      if (item.parentElement !== home || item.nextElementSibling !== began) done()
    }
    handle.addEventListener('pointermove', follow)
    handle.addEventListener('pointerup', stop, { once: true })
    handle.addEventListener('pointercancel', stop, { once: true })
  })
  return handle
}

const drop = document.querySelector('[data-drop]')
function send(step) {
  drop.value = step
  drop.disabled = false
  drop.form.submit()
}
for (const item of document.querySelectorAll('.build-question')) {
  const words = item.closest('.sections').dataset.drag
  const into = (one) =>
    one.matches('.build-question') || (one.matches('ol.questions') && one.children.length === 0)
  const done = () => {
    const before = item.nextElementSibling?.dataset.code ?? ''
    send(`question.place.${item.dataset.code}.${item.parentElement.dataset.code}.${before}`)
  }
  item.querySelector('.part-head').prepend(handleFor(item, words, { into, done }))
}
for (const item of document.querySelectorAll('.build-section')) {
  const words = item.closest('.sections').dataset.drag
  const into = (one) => one.matches('.build-section')
  const done = () => send(`section.place.${item.dataset.code}.${item.nextElementSibling?.dataset.code ?? ''}`)
  item.querySelector('.part-head').prepend(handleFor(item, words, { into, done }))
}

/** The rows of a list are read in the order of their numbers: after a drag they are numbered anew. */
function renumber(list) {
  const name = list.dataset.list
  const pattern = new RegExp(`^((?:row\\.\\w+\\.)?${name}\\.)\\d+`)
  ;[...list.children].forEach((row, at) => {
    for (const field of row.querySelectorAll('[name]')) {
      field.name = field.name.replace(pattern, `$1${at}`)
      if (field.name === 'do') field.value = field.value.replace(pattern, `$1${at}`)
    }
  })
}
for (const list of document.querySelectorAll('.row-list')) {
  const rows = () => [...list.querySelectorAll(':scope > .edit-row:not(.blank)')]
  for (const row of rows()) {
    const into = (one) => one.parentElement === list && one.matches('.edit-row:not(.blank)')
    const done = () => {
      renumber(list)
      list.closest('form').dispatchEvent(new Event('input', { bubbles: true }))
    }
    row.prepend(handleFor(row, list.dataset.drag, { into, done }))
  }
}

/* Enter in the last blank row makes another; a quick list is only there for kinds that have one. */
for (const form of document.querySelectorAll('form[data-list-kinds]')) {
  const kinds = form.dataset.listKinds.split(' ')
  const kind = form.elements.kind
  const paint = () => {
    form.querySelector('.lines').hidden = !kinds.includes(kind.value)
  }
  kind.addEventListener('change', paint)
  paint()
}

/* Skip logic: the answers of the picked question at once. */
const condition = document.querySelector('.condition[data-looks]')
const pick = condition?.querySelector('[name="if.new.question"]')
pick?.addEventListener('change', () => {
  const look = JSON.parse(condition.dataset.looks).find(({ place }) => place === pick.value)
  if (!look) return
  const words = JSON.parse(condition.dataset.words)
  const rows = condition.querySelector('.if-rows')
  const name = `if.${rows.children.length}`
  const select = make('select', { id: `${name}.how`, name: `${name}.how` })
  for (const how of look.hows) select.append(make('option', { value: how, textContent: words[how] }))
  const row = make(
    'li',
    { className: 'if-row' },
    make('input', { type: 'hidden', name: `${name}.question`, value: look.place }),
    make('p', {}, make('strong', { textContent: look.words })),
    make(
      'div',
      { className: 'field short' },
      make('label', { htmlFor: `${name}.how`, textContent: condition.dataset.how }),
      select,
    ),
  )
  if (look.answers.length > 0) {
    const answers = make('fieldset', { className: 'if-answers' })
    answers.append(make('legend', { className: 'unseen', textContent: condition.dataset.answers }))
    for (const { code, words: said } of look.answers)
      answers.append(
        make(
          'label',
          { className: 'chip' },
          make('input', { type: 'checkbox', name: `${name}.codes`, value: code }),
          make('span', { textContent: said }),
        ),
      )
    row.append(answers)
  }
  if (look.hows.includes('atLeast'))
    row.append(
      make(
        'div',
        { className: 'field short' },
        make('label', { htmlFor: `${name}.number`, textContent: condition.dataset.number }),
        make('input', { type: 'text', inputMode: 'numeric', id: `${name}.number`, name: `${name}.number` }),
      ),
    )
  rows.append(row)
  pick.value = ''
  const always = condition.querySelector('[name="if.join"][value="always"]')
  if (always?.checked) condition.querySelector('[name="if.join"][value="all"]').checked = true
  select.focus()
})

/* Leaving a form with something unsaved asks first; the frame beside it shows what is typed. */
const editor = document.querySelector('form.editor[data-unsaved]')
if (editor) {
  let changed = false
  editor.addEventListener('input', () => {
    changed = true
  })
  editor.addEventListener('submit', (event) => {
    if (!event.submitter?.matches('[data-live]')) changed = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault()
  })
  const lives = [...document.querySelectorAll('[data-live]')]
  let live = lives[0]
  for (const button of lives) button.addEventListener('click', () => (live = button))
  let later
  const show = () => {
    clearTimeout(later)
    later = setTimeout(() => editor.requestSubmit(live), 700)
  }
  if (live) {
    editor.addEventListener('input', show)
    editor.requestSubmit(live)
  }
}

/* After a question was added, the next one can be written at once. */
if (!document.querySelector('#problems'))
  document.querySelector('details.quick:target [name="kind"]')?.focus({ preventScroll: true })

document.getElementById('problems')?.focus()
