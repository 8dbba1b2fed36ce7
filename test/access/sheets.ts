import { randomBytes } from 'node:crypto'
import { newCode, writeCode } from '../../src/response/code.ts'
import type { Survey } from '../../src/store/stores.ts'
import { hashCode } from '../../src/web/codeHash.ts'
import { field, type Site } from '../site.ts'

/** A survey whose children are asked before they begin, with a notice, about a protected area. */
export const childrens = {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'How are you?', es: '¿Cómo estás?' },
  audience: ['student'],
  assent: { en: 'You may say no.', es: 'Puedes decir que no.' },
  protectedAreas: ['mental', 'income'],
  notice: { en: 'We will ask about feelings.', es: 'Preguntaremos por los sentimientos.' },
  sections: [
    {
      code: 'one',
      title: { en: 'One', es: 'Uno' },
      questions: [
        {
          code: 'feel',
          kind: 'single',
          title: { en: 'How do you feel?', es: '¿Cómo te sientes?' },
          options: [
            { code: 'well', label: { en: 'Well', es: 'Bien' } },
            { code: 'unwell', label: { en: 'Not well', es: 'Mal' } },
          ],
        },
      ],
    },
    {
      code: 'two',
      title: { en: 'Two', es: 'Dos' },
      questions: [
        {
          code: 'school',
          kind: 'profile',
          attribute: 'school',
          title: { en: 'Which school?', es: '¿Qué escuela?' },
        },
        { code: 'grade', kind: 'profile', attribute: 'grade', title: { en: 'Grade?', es: '¿Grado?' } },
        { code: 'home', kind: 'profile', attribute: 'language', title: { en: 'At home?', es: '¿En casa?' } },
        { code: 'why', kind: 'text', title: { en: 'Why?', es: '¿Por qué?' } },
      ],
    },
  ],
}

/** The same without anything that the law protects. */
export const { protectedAreas: _, notice: __, assent: ___, ...plain } = childrens

/** Publishes a survey that is answered with codes. */
export async function coded(site: Site, slug: string, definition: unknown = plain): Promise<Survey> {
  const survey = await field(site.stores, { slug, definition })
  const fielding = { ...survey.fielding, access: 'codes' as const }
  await site.stores.surveys.setFielding(survey.id, fielding)
  return { ...survey, fielding }
}

let sheets = 0

/** Makes a sheet of codes, as they would be printed. */
export async function sheetOf(
  site: Pick<Site, 'stores'>,
  survey: Pick<Survey, 'id'>,
  n: number,
  of: { school?: string; group?: string } = {},
): Promise<{ sheet: number; codes: string[] }> {
  const sheet = ++sheets
  const codes = Array.from({ length: n }, () => newCode(randomBytes(64)))
  const hashes = await Promise.all(codes.map((code) => hashCode('access', code)))
  await site.stores.codes.add(survey.id, { sheet, school: of.school ?? '', group: of.group ?? '' }, hashes)
  return { sheet, codes: codes.map(writeCode) }
}
