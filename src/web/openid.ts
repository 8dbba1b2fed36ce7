import type * as client from 'openid-client'

/** Loaded when somebody signs in that way: a start need not wait for it. */
const library = () => import('openid-client')

/** The district's own sign-in (OpenID Connect), as the settings name it. */
export type OpenIdSettings = { issuer: string; clientId: string; clientSecret: string; label: string }

/** What is remembered in the session while somebody is away at the provider. `at`: when they left. */
export type Away = { state: string; nonce: string; verifier: string; back: string; next: string; at: number }

/**
 * What came back. unverified: the provider does not vouch for the e-mail. cancelled: the person, or the provider for
 * them, said no. failed: anything else; `fault` is for the log.
 */
export type Returned =
  | { outcome: 'email'; email: string }
  | { outcome: 'unverified' | 'cancelled' }
  | { outcome: 'failed'; fault: unknown }

export type OpenId = {
  label: string
  /** Where to send the person, and what to remember meanwhile. `back` is our address to come back to. */
  /** `again`: the provider asks for the password although somebody is signed in there. */
  leave: (back: string, next: string, now: number, again?: boolean) => Promise<{ href: string; away: Away }>
  /** Checks what the provider sent them back with (`query` of the address). Never throws. */
  comeBack: (query: string, away: Away) => Promise<Returned>
}

/** Seconds to wait for the provider. */
const patience = 10
/** How long what the provider says of itself is kept; its signing keys are renewed by the library. */
const known = 3_600_000

/** Nothing is asked of the provider before somebody signs in, so that Heard starts also when it is away. */
export function openOpenId(settings: OpenIdSettings, clock: () => number): OpenId {
  let kept: { at: number; made: Promise<client.Configuration> } | undefined
  const configuration = (): Promise<client.Configuration> => {
    if (kept && clock() - kept.at < known) return kept.made
    const made = discover(settings)
    kept = { at: clock(), made }
    made.catch(() => {
      if (kept?.made === made) kept = undefined
    })
    return made
  }

  return {
    label: settings.label,
    async leave(back, next, now, again = false) {
      const client = await library()
      const config = await configuration()
      const [state, nonce, verifier] = [
        client.randomState(),
        client.randomNonce(),
        client.randomPKCECodeVerifier(),
      ]
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(again ? { prompt: 'login' } : {}),
      })
      return { href: url.href, away: { state, nonce, verifier, back, next, at: now } }
    },
    async comeBack(query, { state, nonce, verifier, back }) {
      const client = await library()
      try {
        const config = await configuration()
        const url = new URL(back)
        url.search = query
        const tokens = await client.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        return vouched(config, tokens)
      } catch (fault) {
        const denied = fault instanceof client.AuthorizationResponseError && fault.error === 'access_denied'
        return denied ? { outcome: 'cancelled' } : { outcome: 'failed', fault }
      }
    },
  }
}

/** The e-mail that the provider vouches for: in the token, or where it tells more about people. */
async function vouched(
  config: client.Configuration,
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
): Promise<Returned> {
  const claims = tokens.claims()
  if (!claims) return { outcome: 'unverified' }
  const told =
    claims.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await (await library()).fetchUserInfo(config, tokens.access_token, claims.sub)
      : claims
  return typeof told.email === 'string' && told.email_verified === true
    ? { outcome: 'email', email: told.email }
    : { outcome: 'unverified' }
}

/** Loopback alone may be plain http (settings refuse any other): for trying things out on one machine. */
async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  const client = await library()
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
  const options = { execute, timeout: patience }
  const found = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, options)
  const ways = found.serverMetadata().token_endpoint_auth_methods_supported
  // What the standard takes for granted when a provider is silent; the library's own way is to post it.
  if (ways?.includes('client_secret_post')) return found
  const config = new client.Configuration(
    found.serverMetadata(),
    clientId,
    clientSecret,
    client.ClientSecretBasic(clientSecret),
  )
  config.timeout = patience
  for (const change of execute) change(config)
  return config
}
