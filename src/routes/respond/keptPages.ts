import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import type { Survey } from '../../store/stores.ts'
import type { KeptForm, KeptPage } from '../../web/kept.ts'

type Shelf<T> = { find: (key: string) => T | undefined; keep: (key: string, page: T) => void }

/**
 * Pages of surveys that are the same for many readers, rendered and packed once. They hang on the objects that they
 * were made from: the store gives another survey, or another district, as soon as anything about it has changed
 * (perhaps by another process), and other wordings are another `t`; what was kept for the old one is then never found
 * again. What is kept under a key must follow from these three and the key alone, never from who asked.
 */
export type KeptPages = {
  pages: (survey: Survey, district: District, t: TFunction) => Shelf<KeptPage>
  forms: (survey: Survey, district: District, t: TFunction) => Shelf<KeptForm>
}

/** Most pages of one survey in one language; then that shelf is emptied. */
const mostKept = 200

export const keptPages = (): KeptPages => ({ pages: shelves<KeptPage>(), forms: shelves<KeptForm>() })

function shelves<T>(): (survey: Survey, district: District, t: TFunction) => Shelf<T> {
  const made = new WeakMap<Survey, WeakMap<District, WeakMap<TFunction, Shelf<T>>>>()
  return (survey, district, t) => {
    const ofSurvey = within(made, survey, () => new WeakMap<District, WeakMap<TFunction, Shelf<T>>>())
    const ofDistrict = within(ofSurvey, district, () => new WeakMap<TFunction, Shelf<T>>())
    return within(ofDistrict, t, shelf<T>)
  }
}

function shelf<T>(): Shelf<T> {
  const pages = new Map<string, T>()
  return {
    find: (key) => pages.get(key),
    keep(key, page) {
      if (pages.size >= mostKept) pages.clear()
      pages.set(key, page)
    },
  }
}

function within<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
