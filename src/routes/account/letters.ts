import type { Request, Response } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Mail } from '../../mail.ts'
import { readerLanguage } from '../../web/language.ts'

/**
 * Letters about accounts. There are some only where a mail server and BASE_URL are set: a link in a letter must not
 * lead where a forged Host header says.
 */
export type Letters = {
  baseUrl: string
  /** `what` is invite or reset. Never throws; true when the mail server took it. Nothing of it is logged. */
  send: (what: 'invite' | 'reset', to: string, link: string, lang: string) => Promise<boolean>
}

export function accountLetters(
  mail: Mail | undefined,
  messages: Messages,
  { baseUrl }: { baseUrl?: string | undefined },
): Letters | undefined {
  if (!mail || baseUrl === undefined) return undefined
  return {
    baseUrl,
    async send(what, to, link, lang) {
      const t = messages.t(lang)
      const subject = what === 'invite' ? t('account.letter.inviteSubject') : t('account.letter.resetSubject')
      const body = what === 'invite' ? t('account.letter.invite') : t('account.letter.reset')
      const { outcome } = await mail.send({ to, subject, text: `${body}\n\n${link}\n` })
      return outcome === 'sent'
    },
  }
}

/** The language that a letter of this request is written in: the one that its page is in. */
export const letterLanguage = (req: Request, res: Response, messages: Messages): string =>
  readerLanguage(req, res, messages.tags).lang
