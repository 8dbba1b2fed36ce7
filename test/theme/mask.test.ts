import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findHidden, hide, placeholder } from '../../src/theme/mask.ts'
import { anyLanguage, anyText, familyLanguages, oddTexts, within } from './anyText.ts'

const said = (text: string, known: string[] = []) =>
  findHidden(text, known).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`)

describe('what may point at a person', () => {
  it.each([
    ['en', 'Ms. Johnson yelled at my son Tyrese.', ['name: Johnson', 'name: Tyrese']],
    ['en', 'mrs. keane is the best', ['name: keane']],
    ['en', 'her name is zulekha and she is in grade 4', ['name: zulekha']],
    ['en', 'Call me at (860) 555-0142 or 860.555.0143', ['phone: (860) 555-0142', 'phone: 860.555.0143']],
    ['en', 'write to mom.of3@example.org please', ['email: mom.of3@example.org']],
    ['en', 'mine is momof3 at gmail dot com', ['email: momof3 at gmail dot com']],
    ['en', 'We live at 12 Park Terrace Apt 3B now', ['address: 12 Park Terrace Apt 3B']],
    ['en', 'student id 204418 has no bus', ['student-id: student id 204418']],
    ['en', 'his snapchat: lil_jay07', ['handle: snapchat: lil_jay07']],
    [
      'en',
      'follow @mrs_k.reads and https://example.org/x',
      ['handle: @mrs_k.reads', 'link: https://example.org/x'],
    ],
    ['en', 'I talked to Destiny Ramos about it', ['name: Destiny Ramos']],
    ['en', 'born 03/14/2012', ['date: 03/14/2012']],
    ['es', 'La maestra Rosa Núñez no llama, mi hija Yaritza llora', ['name: Rosa Núñez', 'name: Yaritza']],
    ['es', 'se llama xiomara y la sra. peña la ayuda', ['name: xiomara', 'name: peña']],
    ['es', 'Vivo en la calle Albany 245', ['address: calle Albany 245']],
    ['es', 'Su número de estudiante es 1180456', ['student-id: número de estudiante es 1180456']],
    ['pt-BR', 'A professora Débora gritou com minha filha Lívia', ['name: Débora', 'name: Lívia']],
    ['pt-BR', 'Rua Park 88, meu filho se chama thiago', ['address: Rua Park 88', 'name: thiago']],
    ['ar', 'السيدة هالة لا ترد وابني اسمه أنس', ['name: هالة', 'name: أنس']],
    ['ar', 'رقمي ٨٦٠٥٥٥٠١٤٢', ['phone: ٨٦٠٥٥٥٠١٤٢']],
    ['ar', 'قال لي محمد إن الحافلة تتأخر', ['name: محمد']],
    ['ht', 'Madam Célestin pa reponn, pitit mwen Wideline ap kriye', ['name: Célestin', 'name: Wideline']],
    ['ht', 'pitit mwen rele djounie', ['name: djounie']],
    ['vi', 'Cô Hạnh rất tốt, con tôi tên là Khôi', ['name: Hạnh', 'name: Khôi']],
    ['vi', 'nhà tôi ở số 12 đường Park', ['address: số 12 đường Park']],
    ['zh-Hans', '王老师很好，我儿子叫李明轩', ['name: 王', 'name: 李明轩']],
    ['zh-Hans', '我住在公园路25号', ['address: 我住在公园路25号']],
    ['sq', 'Zonja Gashi nuk përgjigjet, vajza ime Erjona qan', ['name: Gashi', 'name: Erjona']],
    ['so', 'Macallin Cabdi wuu fiican yahay, wiilkayga Liibaan', ['name: Cabdi', 'name: Liibaan']],
    ['so', 'magaciisu waa liibaan', ['name: liibaan']],
    ['sw', 'Mwalimu Neema ni mzuri na mwanangu anaitwa Baraka', ['name: Neema', 'name: Baraka']],
    ['my', 'ဆရာမ ဒေါ်ခင်မာ က ကောင်းပါတယ်', ['name: ဒေါ်ခင်မာ']],
    ['my', 'သားနာမည် မင်းသန့် ပါ', ['name: မင်းသန့်']],
    ['ne', 'मेरो छोराको नाम सुवास हो', ['name: सुवास']],
    ['ne', 'दीपेन्द्र सर राम्रो हुनुहुन्छ', ['name: दीपेन्द्र']],
  ])('%s: %s', (_, text, wanted) => {
    const found = said(text)
    for (const one of wanted)
      expect(
        found.some((each) => covers(each, one)),
        `${one} in ${found}`,
      ).toBe(true)
  })

  /** A part may be found with a word beside it; it must hold what was wanted, and be of its kind. */
  const covers = (found: string, wanted: string) => {
    const [kind = '', words = ''] = wanted.split(': ', 2)
    return found.startsWith(`${kind}: `) && found.includes(words)
  }

  it('leaves alone what everyone may know', () => {
    for (const text of [
      'I want more Math and Reading at school in Hartford. We like English class on Monday.',
      'The plan for 2018-2022 says 48% by 2024',
      'It costs $1,200,000 and takes 45 minutes',
      'Necesitamos más maestros de Español para los niños',
      'THE BUS IS ALWAYS LATE AND NOBODY CARES',
      'we miss recess, i will be there in may, seu filho',
    ])
      expect([text, said(text)]).toEqual([text, []])
    expect(said('My kids go to Rawson and like it', ['Rawson Elementary School'])).toEqual([])
  })

  it('is hidden in the language of the text only when asked to, and the rest stays as it was', () => {
    const text = 'Ms. Johnson called 860-555-0142.'
    const parts = findHidden(text)
    expect(hide(text, parts, 'en')).toBe('Ms. [name] called [phone number].')
    expect(hide(text, parts, 'es')).toBe('Ms. [nombre] called [número de teléfono].')
    expect(hide(text, [], 'en')).toBe(text)
    expect(hide(text, [{ start: 5, end: 999, kind: 'name' }], 'en')).toBe(text)
    for (const lang of familyLanguages) expect(placeholder('name', lang)).toMatch(/^\[.+\]$/u)
    expect(placeholder('address', 'xx')).toBe('[address]')
  })

  it('lies within any text, in order, without overlaps, the same each time', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, lang) => {
        const parts = findHidden(text)
        expect(within(text, parts)).toBe(true)
        for (const [at, { start }] of parts.entries()) expect(start >= (parts[at - 1]?.end ?? 0)).toBe(true)
        expect(findHidden(text)).toEqual(parts)
        hide(text, parts, lang)
      }),
      { numRuns: 150 },
    )
  })

  it.each(oddTexts.map((text) => [text.slice(0, 20), text]))('of %j is found in good time', (_, text) => {
    const before = process.cpuUsage()
    expect(within(text, findHidden(text))).toBe(true)
    // By the processor's time: the clock goes on while a busy machine does something else.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(6000)
  })
})

it.each(['Heidi', 'Natasha', 'Richard', 'Kaitlyn'])(
  '%s begins a sentence, and is a name all the same',
  (name) => {
    expect(findHidden(`${name} is great at her job.`)).toMatchObject([{ start: 0, end: name.length }])
  },
)

it.each(['Art', 'Price', 'Foster', 'Brown', 'Young', 'Rice', 'May', 'Will'])(
  '%s begins many a sentence',
  (word) => {
    expect(findHidden(`${word} and more for all of them.`)).toEqual([])
  },
)
