import type { BrowserContext } from 'playwright-core'

/**
 * Stands in for the speech that a browser brings and a headless one has no voices for. What our script asks of it is
 * written down in `window.heard`; `window.finish()` ends the words that are being said, as a voice does.
 */
export async function withVoices(
  context: BrowserContext,
  voices: { lang: string; localService: boolean }[],
  { late = false } = {},
): Promise<void> {
  await context.addInitScript(
    ({ voices, late }) => {
      type Piece = { text: string; lang: string; rate: number; onend?: () => void }
      const heard: Piece[] = []
      let cancelled = 0
      let known = late ? [] : voices
      class Utterance {
        text: string
        constructor(text: string) {
          this.text = text
        }
      }
      const synthesis = {
        onvoiceschanged: null as null | (() => void),
        getVoices: () => known,
        speak: (piece: Piece) => heard.push(piece),
        cancel: () => {
          cancelled++
          heard.length = 0
        },
      }
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
      Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
      Object.assign(window, {
        heard,
        cancelled: () => cancelled,
        finish: () => heard.at(-1)?.onend?.(),
        arrive: () => {
          known = voices
          synthesis.onvoiceschanged?.()
        },
      })
    },
    { voices, late },
  )
}
