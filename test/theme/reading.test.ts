import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { light10 } from '../../src/theme/arabic.ts'
import { type Codebook, readCodebook } from '../../src/theme/codebook.ts'
import { detect, languages } from '../../src/theme/language.ts'
import { compile, find } from '../../src/theme/phrases.ts'
import { folded, normal } from '../../src/theme/prepare.ts'
import { suggest, wordLists } from '../../src/theme/suggest.ts'
import { sentences, tokens } from '../../src/theme/tokens.ts'
import { anyLanguage, anyText, familyLanguages, oddTexts, within } from './anyText.ts'

const book = new URL('../../templates/codebook.json', import.meta.url)
const lists = wordLists(readCodebook(JSON.parse(readFileSync(book, 'utf8'))).codebook as Codebook)
const stems = (text: string, lang: string) => tokens(text, lang).map((token) => token.stem)

describe('words of a comment', () => {
  it('are one word however they are typed', () => {
    expect(normal('ＡＢＣ')).toBe('abc')
    expect(normal('don’t')).toBe("don't")
    expect(normal('مُـعَـلِّـمَـة')).toBe('معلمه')
    expect(normal('أحمد إلى آخر')).toBe('احمد الي اخر')
    expect(folded('educação niñez ë à Đ'.toLowerCase())).toBe('educacao niñez e a d')
  })

  it('share a stem with their other endings', () => {
    expect(new Set(stems('tutoring tutors tutor', 'en')).size).toBe(1)
    expect(new Set(stems('comunicación comunicacion comunicaciones', 'es')).size).toBe(1)
    expect(new Set(stems('educação educacao educações educacoes', 'pt-BR')).size).toBe(1)
    expect(new Set(stems('المدرسة مدرسة والمدرسة مدرسه', 'ar')).size).toBe(1)
    expect(new Set(stems('विद्यालय विद्यालयमा विद्यालयको', 'ne')).size).toBe(1)
  })

  it('are found in scripts without spaces', () => {
    expect(stems('孩子需要更多辅导', 'zh-Hans').length).toBeGreaterThan(2)
    expect(stems('ကလေးတွေကို ကူညီပါ', 'my').length).toBeGreaterThan(2)
  })

  it('are stemmed in Arabic as light10 does', () => {
    expect(light10('والكتاب')).toBe('كتاب')
    expect(light10('المعلمون')).toBe('معلم')
    expect(light10('وهم')).toBe('وهم')
  })
})

describe('the language of a comment', () => {
  it.each([
    ['es', 'Mi hijo necesita ayuda con la lectura'],
    ['es', 'gracias por todo'],
    ['ht', 'Pitit mwen bezwen èd nan lekti'],
    ['sq', 'Vajza ime ka nevojë për ndihmë në lexim'],
    ['so', 'Ilmahaygu waxay u baahan yihiin caawimo'],
    ['sw', 'Mtoto wangu anahitaji msaada wa kusoma'],
    ['vi', 'Con tôi cần giúp đỡ đọc'],
    ['pt-BR', 'Meu filho precisa de ajuda com a leitura'],
    ['ne', 'मेरो छोरालाई पढ्न सहयोग चाहिन्छ'],
    ['ar', 'ابني يحتاج مساعدة'],
    ['zh-Hans', '我的孩子'],
    ['my', 'ကလေးတွေအတွက်'],
    ['en', 'More tutors please'],
    ['en', 'Nothing to add'],
    ['pt-BR', 'A doença é transmitida por'],
    ['so', 'Waxay u eg yihiin'],
  ])('is %s though the form was in another: %s', (lang, text) => {
    for (const form of ['en', 'es'])
      if (form !== lang) expect(detect(text, familyLanguages, form).lang).toBe(lang)
  })

  it('is that of the form when the text is too short to tell', () => {
    expect(detect('ok', familyLanguages, 'so').lang).toBe('so')
    expect(detect('ok', familyLanguages, 'so').confidence).toBeLessThan(0.2)
    expect(detect('👍', familyLanguages, 'ne')).toEqual({ lang: 'ne', confidence: 0 })
    expect(detect('Привет', ['en', 'es'], 'es')).toEqual({ lang: 'es', confidence: 0 })
  })

  it('is told by the sentence where a comment mixes two', () => {
    const mixed =
      'My son likes the school very much. Pero necesitamos más maestros que hablen español. Gracias.'
    const shares = languages(mixed, familyLanguages, 'en')
    expect(shares.map(({ lang }) => lang)).toEqual(['es', 'en'])
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })
})

describe('word lists', () => {
  it.each([
    ['en', 'We need more tutoring and smaller classes', 'tutoring'],
    ['en', 'Nobody calls me back when I ask about my daughter', 'communication'],
    ['es', 'No hay psicólogos y los niños tienen mucha ansiedad', 'mental-health'],
    ['es', 'La escuela manda las cartas solo en ingles, necesito una traduccion', 'communication'],
    ['pt-BR', 'Precisamos de mais professores que falem português', 'teacher-pipeline'],
    ['ar', 'نحتاج إلى مترجمين في الاجتماعات', 'communication'],
    ['ht', 'Pitit mwen bezwen yon titè pou lekti', 'tutoring'],
    ['vi', 'Cần thêm giáo viên song ngữ', 'teacher-pipeline'],
    ['zh-Hans', '希望放学后有更多体育活动', 'enrichment'],
    ['sq', 'Na duhen përkthyes në takimet e prindërve', 'communication'],
    ['so', 'Waxaan u baahanahay turjumaan marka shirka la joogo', 'communication'],
    ['sw', 'Tunahitaji walimu zaidi wa hisabati', 'hiring'],
    ['my', 'ကလေးတွေအတွက် စိတ်ကျန်းမာရေး အကူအညီ လိုပါတယ်', 'mental-health'],
    ['ne', 'विद्यालयमा परामर्शदाता चाहिन्छ', 'mental-health'],
  ])('suggest a theme in %s and say which words spoke for it: %s', (lang, text, theme) => {
    const found = suggest(lists, text, [lang]).find((one) => one.theme === theme)
    expect(found?.reasons.length).toBeGreaterThan(0)
    for (const { start, end, words } of found?.reasons ?? []) expect(text.slice(start, end)).toBe(words)
  })

  it('look at what a comment is about, not at what it says of it', () => {
    expect(suggest(lists, 'There is no tutoring', ['en'])[0]?.theme).toBe('tutoring')
  })

  it('read phrases with gaps, any words and beginnings', () => {
    const phrases = compile(
      [
        ['help ... read*', 1],
        ['one _ three', 2],
      ] as [string, number][],
      'en',
    )
    const met = (text: string) => find(phrases, text).map(({ carried }) => carried)
    expect(met('please help my son with reading')).toEqual([1])
    expect(met('helping to read')).toEqual([1])
    expect(met('help a b c d read')).toEqual([])
    expect(met('one two three')).toEqual([2])
    expect(met('one three')).toEqual([])
  })

  it('know nothing of words that every object has', () => {
    expect(suggest(lists, 'constructor __proto__ toString', ['en', 'constructor', '__proto__'])).toEqual([])
  })
})

describe('whatever a comment holds', () => {
  it('it is read without a fault, the same each time, and spans lie within it', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, lang) => {
        const words = tokens(text, lang)
        expect(within(text, words)).toBe(true)
        const found = suggest(lists, text, [lang, 'en'])
        expect(
          within(
            text,
            found.flatMap(({ reasons }) => reasons),
          ),
        ).toBe(true)
        expect(suggest(lists, text, [lang, 'en'])).toEqual(found)
        const { confidence } = detect(text, familyLanguages, lang)
        expect(confidence >= 0 && confidence <= 1).toBe(true)
        languages(text, familyLanguages, lang)
        expect(sentences(text).length).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 150 },
    )
  })

  it.each(oddTexts.map((text) => [text.slice(0, 20), text]))('also of the odd text %j', (_, text) => {
    expect(within(text, tokens(text, 'en'))).toBe(true)
    expect(
      within(
        text,
        suggest(lists, text, familyLanguages).flatMap(({ reasons }) => reasons),
      ),
    ).toBe(true)
    expect(familyLanguages).toContain(detect(text, familyLanguages, 'en').lang)
  })
})
