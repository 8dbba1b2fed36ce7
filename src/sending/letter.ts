import type { Letter } from '../mail.ts'
import type { Announced } from './wording.ts'

/** What one letter says. Text and HTML part say the same. */
export type LetterParts = {
  kind: 'invitation' | 'reminder'
  announced: Announced
  /** Where to answer. '' in a reminder to somebody whose code is in an earlier letter. */
  link: string
  /** The access code as printed, where the survey asks for one and it is in this letter. */
  code: string
  /** Where to say "do not write to me again"; '' for looking at a letter before it is sent. */
  stop: string
}

/** Subject and paragraphs, in order; `link` marks the one that is an address. */
export function wordsOf({ kind, announced, link, code, stop }: LetterParts): {
  subject: string
  paragraphs: { words: string; href?: string }[]
} {
  const { t, title, district, minutes, until, anonymous } = announced
  const begin =
    kind === 'invitation' ? t('kit.mail.invitation', { district }) : t('kit.mail.reminder', { district })
  return {
    subject:
      kind === 'invitation' ? t('kit.mail.subject', { title }) : t('kit.mail.reminderSubject', { title }),
    paragraphs: [
      { words: title },
      { words: begin },
      ...(link
        ? [{ words: t('kit.mail.answer') }, { words: link, href: link }]
        : [{ words: t('kit.mail.earlier') }]),
      ...(code ? [{ words: t('kit.mail.code', { code }) }] : []),
      { words: [minutes, anonymous, until].filter(Boolean).join(' ') },
      ...(kind === 'reminder' ? [{ words: t('kit.mail.thanks') }] : []),
      ...(stop ? [{ words: t('kit.mail.stop') }, { words: stop, href: stop }] : []),
    ],
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** A letter to `to`, ready to send: plain text, and simple HTML that runs in its language's direction. */
export function makeLetter(to: string, parts: LetterParts): Letter {
  const { lang, dir } = parts.announced
  const { subject, paragraphs } = wordsOf(parts)
  const html = paragraphs.map(({ words, href }, at) => {
    const inner = href ? `<a href="${escaped(href)}" dir="ltr">${escaped(words)}</a>` : escaped(words)
    return at === 0 ? `<h1 style="font-size:20px">${inner}</h1>` : `<p>${inner}</p>`
  })
  return {
    to,
    subject,
    text: `${paragraphs.map(({ words }) => words).join('\n\n')}\n`,
    html:
      `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>` +
      `<body dir="${dir}" style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:38em">${html.join('')}</body></html>`,
    headers: parts.stop
      ? {
          'List-Unsubscribe': `<${parts.stop}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Content-Language': lang,
          Precedence: 'bulk',
        }
      : { 'Content-Language': lang },
  }
}
