import type { Request } from 'express'
import { mayEnter } from '../../district/people.ts'
import { sayNumber } from '../../language/format.ts'
import { pick, type Text, type Worded } from '../../language/text.ts'
import type { Survey } from '../../store/stores.ts'
import type { Codebook, Theme } from '../../theme/codebook.ts'
import { currentPerson } from '../../web/guard.ts'
import type { CommentsTop, ThemeName } from '../models/themes.ts'
import type { Speaker } from './shop.ts'

/** What stands at the top of every page about a survey's comments. */
export function topOf(
  req: Request,
  { lang, t }: Speaker,
  survey: Pick<Survey, 'slug' | 'sample' | 'questionnaire'>,
  { read, all }: { read: number; all: number },
): CommentsTop {
  const { questionnaire } = survey
  const role = currentPerson(req)?.role
  const n = (value: number) => sayNumber(lang, value)
  const words =
    all === 0
      ? t('themes.progress.none')
      : read >= all
        ? t('themes.progress.done', { all: n(all) })
        : t('themes.progress.some', { read: n(read), all: n(all), left: n(all - read) })
  return {
    slug: survey.slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample: survey.sample,
    office: role !== undefined && mayEnter(role, 'office'),
    progress: { words, read: Math.min(read, all), all },
  }
}

export const themeName = (theme: Theme, lang: string, { language }: Codebook): ThemeName => ({
  code: theme.code,
  name: pick(theme.name, lang, language),
  colour: theme.colour,
})

/** The name of a code, also of one that the codebook does not have any more. */
export function nameOf(codebook: Codebook, lang: string): (code: string) => ThemeName {
  const named = new Map(codebook.themes.map((theme) => [theme.code, themeName(theme, lang, codebook)]))
  return (code) =>
    named.get(code) ?? { code, name: { words: code, lang, fallback: false }, colour: '#6b7280' }
}

/** A text for the reader, where there is one. */
export const said = (text: Text, lang: string, source: string): Worded | undefined => {
  const found = pick(text, lang, source)
  return found.words ? found : undefined
}

/** Top themes each followed by its parts. */
export const inOrder = (themes: readonly Theme[]): Theme[] =>
  themes
    .filter(({ parent }) => parent === undefined)
    .flatMap((theme) => [theme, ...themes.filter(({ parent }) => parent === theme.code)])

/** What a language is called, by itself where it can be said. */
export function languageName(tag: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
