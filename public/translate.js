/* Makes translating quicker: Enter saves one text and goes to the next. All works without this. */
const form = document.querySelector('form.desk')
const keys = document.querySelector('[data-keys]')
if (keys) keys.hidden = false

const field = (item, name) => form.elements[`${name}.${item.dataset.n}`]

/** Saves one text; resolves with whether it was. */
async function saveOne(item) {
  const told = item.querySelector('[data-told]')
  const body = new URLSearchParams({ _csrf: form.elements._csrf.value })
  for (const name of ['id', 'was', 'source', 'words'])
    body.append(`${name}.${item.dataset.n}`, field(item, name).value)
  item.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(form.action, { method: 'POST', body, headers: { 'sent-by': 'script' } })
    if (!answer.ok) throw new Error(String(answer.status))
    const { texts, done } = await answer.json()
    return show(item, texts[0], done)
  } catch {
    told.textContent = form.dataset.failed
    return false
  } finally {
    item.removeAttribute('aria-busy')
  }
}

function show(item, { state, stateWords, words, problem, saved }, done) {
  const wrong = item.querySelector('[data-problem]')
  wrong.textContent = problem
  wrong.hidden = problem === ''
  field(item, 'words').setAttribute('aria-invalid', String(problem !== ''))
  item.querySelector('[data-told]').textContent = saved
  if (problem) {
    // Pressed again, one's own words win.
    field(item, 'was').value = words
    return false
  }
  field(item, 'was').value = field(item, 'words').value
  const mark = item.querySelector('[data-state]')
  mark.textContent = stateWords
  mark.className = `mark state-${state}`
  const bar = document.querySelector('[data-bar] .bar-line > span')
  if (bar) bar.textContent = done
  return true
}

const changed = (item) =>
  field(item, 'words').value.replace(/\r\n?/g, '\n') !== field(item, 'was').value.replace(/\r\n?/g, '\n')

function next(item) {
  const following = item.nextElementSibling
  if (following) field(following, 'words').focus()
  else form.querySelector('.desk-save button').focus()
}

form?.addEventListener('keydown', async (event) => {
  const area = event.target
  if (event.key !== 'Enter' || event.isComposing || !area.matches?.('textarea[name^="words."]')) return
  const item = area.closest('.desk-text')
  // A text of several lines keeps Enter for its lines.
  const lines = field(item, 'source').value.includes('\n')
  if (event.shiftKey || (lines && !event.ctrlKey && !event.metaKey)) return
  event.preventDefault()
  if (!changed(item) || (await saveOne(item))) next(item)
})

form?.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-one]')
  if (!button) return
  event.preventDefault()
  await saveOne(button.closest('.desk-text'))
})

addEventListener('beforeunload', (event) => {
  if (sent || !form || ![...form.querySelectorAll('.desk-text')].some(changed)) return
  event.preventDefault()
})
let sent = false
form?.addEventListener('submit', () => {
  sent = true
})
