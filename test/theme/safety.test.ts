import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { danger } from '../../src/theme/safety.ts'
import { anyText, familyLanguages, oddTexts, within } from './anyText.ts'

describe('a comment that speaks of danger', () => {
  it.each([
    ['en', 'self-harm', "Sometimes I don't want to be here anymore"],
    ['en', 'self-harm', 'i wanna die'],
    ['en', 'self-harm', 'My daughter has been cutting herself and nobody at school knows'],
    ['en', 'self-harm', 'I think about SUICIDE a lot'],
    ['en', 'abuse', 'My stepdad hits me when he is drunk'],
    ['en', 'abuse', 'A teacher touched me and I am scared'],
    ['en', 'abuse', 'im afraid to go home'],
    ['en', 'threat', 'A boy said he will bring a gun to school'],
    ['en', 'threat', 'I am going to kill them all'],
    ['es', 'self-harm', 'Ya no quiero vivir'],
    ['es', 'self-harm', 'mi hija se corta los brazos'],
    ['es', 'self-harm', 'me quiero matar'],
    ['es', 'abuse', 'Un maestro le pega a los niños'],
    ['es', 'abuse', 'mi padrastro me tocó las partes íntimas'],
    ['es', 'threat', 'un niño trajo un cuchillo'],
    ['pt-BR', 'self-harm', 'não quero mais viver'],
    ['pt-BR', 'abuse', 'meu pai me bate todo dia'],
    ['pt-BR', 'threat', 'ele disse que vai levar uma arma'],
    ['ar', 'self-harm', 'أريد أن أموت'],
    ['ar', 'self-harm', 'ابنتي تفكر في الانتحار'],
    ['ar', 'abuse', 'المعلم ضرب ابني'],
    ['ar', 'threat', 'معه سكين في المدرسة'],
    ['ht', 'self-harm', 'mwen pa vle viv ankò'],
    ['ht', 'abuse', 'papa m bat mwen chak jou'],
    ['ht', 'threat', 'yon timoun pote yon zam lekòl'],
    ['vi', 'self-harm', 'con không muốn sống nữa'],
    ['vi', 'abuse', 'cô giáo đánh con tôi'],
    ['vi', 'threat', 'bạn ấy mang dao đến trường'],
    ['zh-Hans', 'self-harm', '我不想活了'],
    ['zh-Hans', 'abuse', '爸爸天天打我，我不敢回家'],
    ['zh-Hans', 'threat', '有同学带刀来学校'],
    ['sq', 'self-harm', 'nuk dua të jetoj më'],
    ['sq', 'abuse', 'babai më rreh'],
    ['sq', 'threat', 'dikush solli thikë në shkollë'],
    ['so', 'self-harm', 'waxaan rabaa inaan dhinto'],
    ['so', 'abuse', 'macallinku wuu i garaacay'],
    ['so', 'threat', 'wiil baa mindi keenay'],
    ['sw', 'self-harm', 'nataka kufa'],
    ['sw', 'abuse', 'baba ananipiga kila siku'],
    ['sw', 'threat', 'alileta kisu shuleni'],
    ['my', 'self-harm', 'သေချင်တယ်'],
    ['my', 'abuse', 'အဖေက နေ့တိုင်း ရိုက်တယ်'],
    ['my', 'threat', 'ကျောင်းကို ဓား ယူလာတယ်'],
    ['ne', 'self-harm', 'मलाई बाँच्न मन छैन'],
    ['ne', 'abuse', 'शिक्षकले मेरो छोरालाई कुट्नुभयो'],
    ['ne', 'threat', 'उसले चक्कु ल्यायो'],
  ])('in %s goes to the queue at once as %s: %s', (lang, kind, text) => {
    expect(danger(text, [lang])).toMatchObject({ level: 'urgent', kind })
    expect(danger(text)?.level).toBe('urgent')
    // Whatever language it was taken for, it is not lost.
    expect(danger(text, ['en'])).toBeDefined()
  })

  it('is found though the form was in another language', () => {
    expect(danger('me quiero matar', ['en'])?.level).toBe('urgent')
    expect(danger('mwen pa vle viv', ['es'])?.level).toBe('urgent')
    expect(danger('The school is fine. 我不想活了', ['en'])?.level).toBe('urgent')
  })

  it.each([
    ['en', 'The homework is killing me'],
    ['en', 'I am dying to see the new gym'],
    ['en', 'We shoot hoops after school'],
    ['en', 'I was bored to death in math'],
    ['en', 'More lessons on suicide prevention'],
    ['es', 'me muero de risa en la clase'],
    ['es', 'La tarea me está matando'],
    ['pt-BR', 'morrendo de rir na aula'],
    ['ar', 'أموت من الضحك'],
    ['ht', 'mwen mouri ri'],
    ['vi', 'buồn cười chết'],
    ['zh-Hans', '笑死我了'],
    ['zh-Hans', '请打我电话'],
    ['sq', 'vdes së qeshuri'],
    ['so', 'qosol la dhintay qosol la dhimay'],
    ['sw', 'kufa kwa kicheko'],
    ['my', 'ဓာတ်ပုံရိုက် တယ်'],
    ['ne', 'हाँसेर मर्यो'],
  ])('in %s goes second when it is a way of speaking: %s', (lang, text) => {
    expect(danger(text, [lang])?.level).toBe('second')
  })

  it('goes first when a way of speaking stands beside the real thing', () => {
    expect(danger('The homework is killing me and I want to die', ['en'])?.level).toBe('urgent')
  })

  it('one short word of another language goes second', () => {
    expect(danger('The family hub is great', ['en'])?.level).toBe('second')
    expect(danger('hub', ['so'])?.level).toBe('urgent')
  })

  it.each([
    'The bus is late and the food is cold',
    'Necesitamos más maestros y mejores libros',
    'Precisamos de mais professores',
    'Pitit mwen renmen lekòl la',
    'Tunahitaji walimu zaidi',
    'Waxaan jecelnahay dugsiga',
    'Trường rất tốt, con tôi thích học',
    'Na duhen më shumë libra',
    '希望有更多课外活动',
    'المدرسة جيدة والمعلمون طيبون',
    'ကျောင်းက ကောင်းပါတယ်',
    'विद्यालय राम्रो छ',
  ])('is not seen where there is none: %s', (text) => {
    expect(danger(text)).toBeUndefined()
  })

  it('any text is read without a fault, the same each time, with spans inside it', () => {
    fc.assert(
      fc.property(anyText, fc.subarray(familyLanguages), (text, langs) => {
        const found = danger(text, langs)
        expect(within(text, found?.spans ?? [])).toBe(true)
        expect(danger(text, langs)).toEqual(found)
      }),
      { numRuns: 100 },
    )
    for (const text of oddTexts) expect(within(text, danger(text)?.spans ?? [])).toBe(true)
  })
})
