import type { WatchBody } from './body.ts'
import type { Turnout, UnderHeard } from './rates.ts'
import { type Label, listed, type To, type Watched } from './watched.ts'

/** Parts that the top of the page names. */
const mostListed = 6

/** The parts that are heard less than the rest, in words, and where to go to reach them. */
export function underOf(
  { under, all }: Turnout,
  watched: Watched,
  label: Label,
  { reader, minimum }: To,
): WatchBody['under'] {
  const { t } = reader
  const told = under.filter(({ dimension }) => listed.includes(dimension))
  const words = ({ dimension, code, group, share, of }: UnderHeard) => {
    const values = {
      part: label(dimension, code).words,
      share: reader.percent(share),
      of: reader.percent(of),
    }
    return dimension === 'group'
      ? t('watching.watch.under.whole', values)
      : group === ''
        ? t('watching.watch.under.where', values)
        : t('watching.watch.under.ofGroup', { ...values, group: label('group', group).words })
  }
  const state = !watched.enrolment
    ? 'noTable'
    : told.length > 0
      ? 'listed'
      : all.n < minimum
        ? 'notYet'
        : 'none'
  return {
    state,
    list: told.slice(0, mostListed).map((one) => ({
      words: words(one),
      needed: t('watching.watch.under.needed', { count: one.needed, n: reader.number(one.needed) }),
      to: linkTo(one),
    })),
    more: Math.max(0, told.length - mostListed),
    like: told.some(({ group, like }) => like !== group),
  }
}

/** What the kit of links is narrowed to. */
const linkTo = ({ dimension, code, group }: UnderHeard): Record<string, string> => ({
  ...(dimension === 'school' ? { school: code } : {}),
  ...(dimension === 'language' ? { language: code } : {}),
  ...(dimension === 'group' ? { group: code } : group ? { group } : {}),
})
