import type { createTransport } from 'nodemailer'

/** One letter to one person. `html` says the same as `text`. */
export type Letter = {
  to: string
  subject: string
  text: string
  html?: string | undefined
  headers?: Record<string, string> | undefined
}

/**
 * What came of handing a letter to the mail server.
 * sent: the server took it. refused: it never will take one for this address; `reason` is its code (such as "550").
 * later: not now, for this address. down: the server cannot be reached or lets nobody in; nothing was handed over.
 * unsure: the line broke while the letter was on its way, so it may have arrived.
 */
export type Delivery = { outcome: 'sent' | 'refused' | 'later' | 'down' | 'unsure'; reason: string }

/** Never throws; neither addresses nor words of a letter are logged. */
export type Mail = { send: (letter: Letter) => Promise<Delivery>; close: () => void }

type Fault = { code?: string; command?: string; responseCode?: number; syscall?: string }

/**
 * The mail server of `smtpUrl`, or undefined when there is none. Letters come from `mailFrom` ("Name <address>");
 * without it from no-reply at the host of `baseUrl`.
 */
export function openMail(config: {
  smtpUrl: string | undefined
  mailFrom: string | undefined
  baseUrl: string | undefined
}): Mail | undefined {
  if (config.smtpUrl === undefined) return undefined
  const from = config.mailFrom ?? `no-reply@${new URL(config.baseUrl ?? 'http://localhost').hostname}`
  // Loaded beside the start, which need not wait for it.
  const opened = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      url: config.smtpUrl,
      pool: true,
      maxConnections: 2,
      // The pool would send a letter again when the line breaks, also one that had arrived.
      maxRequeues: 0,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as Parameters<typeof createTransport>[0]),
  )
  return {
    async send({ to, subject, text, html, headers }) {
      try {
        await (await opened).sendMail({
          from,
          // As an object, so that nothing in an address is read as a second one.
          to: { name: '', address: to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        })
        return { outcome: 'sent', reason: '' }
      } catch (fault) {
        return deliveryOf(fault as Fault)
      }
    },
    close: () => void opened.then((transport) => transport.close()),
  }
}

/** Commands whose answer is about this one letter; refusals of any other are about us. */
const aboutLetter = new Set(['RCPT TO', 'DATA'])
/** Faults from before anything of a letter was handed over. */
const before = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG', 'EPROXY', 'EREQUIRETLS'])

function deliveryOf({ code = '', command = '', responseCode, syscall = '' }: Fault): Delivery {
  const reason = responseCode === undefined ? code : String(responseCode)
  if (responseCode !== undefined) {
    if (!aboutLetter.has(command) || responseCode === 421) return { outcome: 'down', reason }
    return { outcome: responseCode >= 500 ? 'refused' : 'later', reason }
  }
  if (before.has(code) || syscall === 'connect' || syscall === 'getaddrinfo')
    return { outcome: 'down', reason }
  // An address that no envelope can carry; found out before anything was sent.
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && command === 'API')
    return { outcome: 'refused', reason }
  return { outcome: 'unsure', reason }
}
