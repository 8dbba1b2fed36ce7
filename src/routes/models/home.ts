import type { Worded } from '../../language/text.ts'

export type HomePage = {
  title: string
  sample: boolean
  surveys: { href: string; title: Worded; languages: { tag: string; name: string; href: string }[] }[]
}
