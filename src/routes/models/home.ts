import type { Worded } from '../../language/text.ts'
import type { Locale } from '../../language/wording.ts'

export type HomePage = {
  title: Worded
  sample: boolean
  surveys: { href: string; title: Worded; languages: (Locale & { href: string })[] }[]
}
