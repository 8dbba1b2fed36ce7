import request from 'supertest'
import { hidden, type Site } from '../site.ts'
import { goodPassword } from '../web/house.ts'

/** Somebody who is signed in with a role and presses buttons of pages. */
export async function staff(site: Pick<Site, 'url'>, role = 'office') {
  const agent = request.agent(site.url).set({ Accept: 'text/html', 'Accept-Language': 'en' })
  const open = (path: string) => agent.get(path).redirects(0)
  const csrf = async (page: string) => hidden((await open(page)).text)._csrf ?? ''
  const send = (path: string, fields: Record<string, string>) =>
    agent.post(path).type('form').send(fields).redirects(0)
  /** Opens `page` and sends the form of it that goes to `action`. */
  const press = async (page: string, action: string, fields: Record<string, string> = {}) =>
    send(action, { _csrf: await csrf(page), ...fields })
  await press('/sign-in', '/sign-in', { email: `${role}@example.org`, password: goodPassword, next: '' })
  return { agent, open, send, press }
}
