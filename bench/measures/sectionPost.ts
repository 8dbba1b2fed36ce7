import { connection, encode, openBrowser } from '../browser.ts'
import { respondent } from '../journey.ts'
import { load, packed } from '../load.ts'
import type { Measure, Room } from '../room.ts'
import { inTurns } from '../rounds.ts'
import { slug } from '../scratch.ts'
import { rowsOf } from './firstPage.ts'

const connections = 32
/** A page in the middle of the survey: a choice and a comment. */
const section = 'goals'

export const sectionPost: Measure = {
  title: `A section post (${section}: a choice and a comment), ${connections} connections; Heard saves it to disk`,
  async run(room) {
    const { rounds, seconds, heard, http, express } = room
    // Each connection is a person of its own who has come as far as this page.
    const people = await Promise.all(Array.from({ length: connections }, (_, n) => arrived(room, n)))
    const each = (n: number) => people[n % connections] ?? { headers: {}, body: '' }
    const send = (url: string, lasting: number) => () =>
      load({ url, method: 'POST', connections, seconds: lasting, each, status: 303 })
    const turns = (lasting: number) => ({
      heard: send(`${heard.url}/s/${slug}/${section}`, lasting),
      http: send(`${http.url}/form`, lasting),
      express: send(`${express.url}/form`, lasting),
    })
    await inTurns(1, turns(seconds / 2))
    return rowsOf('one page saved', await inTurns(rounds, turns(seconds)))
  },
}

/** Sends the pages before the section and returns what this person's browser would send with it. */
async function arrived({ heard, scratch }: Room, n: number) {
  const { language, forms } = respondent(scratch, n)
  const line = connection()
  const browser = openBrowser(heard.url, line, { language })
  for (const [code, form] of forms) {
    const path = `/s/${slug}/${code}`
    await browser.get(path)
    const token = browser.cookie('draft')
    const body = encode({ ...form, token })
    const { status, location } = await browser.post(path, { ...form, token })
    if (status !== 303 || location === path) throw new Error(`${path} was not taken: ${status} ${location}`)
    if (code !== section) continue
    line.destroy()
    const headers = {
      cookie: `draft=${token}`,
      'accept-language': language,
      'accept-encoding': packed,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    }
    return { headers, body }
  }
  throw new Error(`the survey has no page ${section}`)
}
