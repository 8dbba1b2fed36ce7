import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Whom the provider lets in, or that they say no. */
export type Visitor = { email?: string; verified?: boolean; cancels?: boolean }

export const registered = { id: 'heard', secret: 'a-secret-of-the-sample-provider' }

/**
 * A real OpenID provider on loopback, where nobody types anything: `next` decides who comes. `back` is the one address
 * that it sends people back to. `ways`: how it lets a client say its secret.
 */
export async function openProvider(back: string, way: 'client_secret_post' | 'client_secret_basic') {
  let callback: ReturnType<Provider['callback']> | undefined
  let provider: Provider | undefined
  let next: Visitor = {}
  const server = createServer((req, res) => {
    const handle = async () => {
      if (provider && req.url?.startsWith('/interaction/')) {
        const answer = next.cancels
          ? { error: 'access_denied', error_description: 'said no' }
          : { login: { accountId: 'someone' } }
        return provider.interactionFinished(req, res, answer, { mergeWithLastSubmission: false })
      }
      return callback?.(req, res)
    }
    handle().catch(() => res.writeHead(500).end())
  })
  server.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: registered.id,
        client_secret: registered.secret,
        redirect_uris: [back],
        token_endpoint_auth_method: way,
      },
    ],
    clientAuthMethods: [way],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of the sample provider'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: next.email, email_verified: next.verified ?? true }),
    }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: registered.id, accountId: 'someone' })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  callback = provider.callback()

  return {
    issuer,
    expect(visitor: Visitor) {
      next = visitor
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** A browser at the provider: follows it from where we sent people until it sends them back; gives that address. */
export async function walk(from: string, back: string): Promise<string> {
  const cookies = new Map<string, string>()
  let at = from
  for (let steps = 0; steps < 10 && !at.startsWith(back); steps++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (!to)
      throw new Error(`the provider stopped at ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
    at = new URL(to, at).href
  }
  return at
}
