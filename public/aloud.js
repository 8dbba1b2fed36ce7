/* Reads a page to young readers with the browser's own speech: only where it has a voice for the page's language. */
{
  const box = document.querySelector('.aloud')
  const read = box?.querySelector('[data-aloud="read"]')
  const stop = box?.querySelector('[data-aloud="stop"]')
  // What is read, in the order of the page; not what was written or chosen, which neighbours in class need not hear.
  const spoken =
    'h1, main > p:not(.progress, .aloud, .actions, .choose-part), .facts li, .assent p, #problems li, .asked, .question > .help, .question > .problem, .ends, .item > legend, .options label > span, .points label > span, .scale label > span, .rankable > label, main a.primary, main .choose-part button'
  const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0]

  /** A voice of this device for a language: some browsers also offer voices that send the words to a server. */
  function voiceFor(tag) {
    const near = speechSynthesis
      .getVoices()
      .filter((voice) => voice.localService !== false && primary(voice.lang) === primary(tag))
    return near.find((voice) => voice.lang.toLowerCase().replace('_', '-') === tag.toLowerCase()) ?? near[0]
  }

  function offer() {
    if (voiceFor(document.documentElement.lang)) box.hidden = false
  }

  /** The words to say, each with its language: a text that lacks a translation stands in another one. */
  function pieces() {
    return [...document.querySelectorAll(spoken)]
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => {
        const inner = element.querySelector('[lang]')
        const whole = inner && inner.textContent.trim() === element.textContent.trim() ? inner : element
        const copy = element.cloneNode(true)
        for (const part of copy.querySelectorAll('[aria-hidden="true"], select, button')) part.remove()
        return { words: copy.textContent.replace(/\s+/g, ' ').trim(), tag: whole.closest('[lang]').lang }
      })
      .filter(({ words }) => words)
  }

  function show(reading) {
    read.setAttribute('aria-pressed', String(reading))
    // A button that is about to be hidden must not take the focus with it.
    if (!reading && document.activeElement === stop) read.focus()
    stop.hidden = !reading
  }

  /** Each start has a number, so that the end of one that was stopped does not end the next. */
  let turn = 0
  function quiet() {
    turn++
    speechSynthesis.cancel()
    show(false)
  }

  function begin() {
    quiet()
    const now = turn
    const said = pieces().flatMap(({ words, tag }) => {
      const voice = voiceFor(tag)
      if (!voice) return []
      const piece = new SpeechSynthesisUtterance(words)
      piece.voice = voice
      piece.lang = voice.lang
      piece.rate = 0.9
      return [piece]
    })
    const last = said.at(-1)
    if (!last) return
    const ended = () => {
      if (now === turn) show(false)
    }
    last.onend = ended
    last.onerror = ended
    show(true)
    for (const piece of said) speechSynthesis.speak(piece)
  }

  if (box && 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window) {
    read.addEventListener('click', () => (read.getAttribute('aria-pressed') === 'true' ? quiet() : begin()))
    stop.addEventListener('click', quiet)
    window.addEventListener('pagehide', quiet)
    // Voices come later than the page in most browsers.
    speechSynthesis.onvoiceschanged = offer
    offer()
  }
}
