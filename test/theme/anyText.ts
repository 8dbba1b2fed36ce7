import fc from 'fast-check'

const languages = ['en', 'es', 'pt-BR', 'ar', 'ht', 'vi', 'zh-Hans', 'sq', 'so', 'sw', 'my', 'ne']
/** The languages of the families here. */
export const familyLanguages: string[] = languages
export const anyLanguage = fc.constantFrom(...languages)

/** What people and machines have put into comment boxes, and worse. */
export const oddTexts: string[] = [
  '',
  ' \n\t ',
  '😀😀😀👩‍👩‍👧‍👦🏳️‍🌈',
  '\ud800',
  'a\udc00b\ud83d',
  '<script>alert("x")</script><p onclick=y>No</p>',
  'Hola my friend مرحبا 你好 မင်္ဂလာပါ नमस्ते',
  'constructor __proto__ toString hasOwnProperty',
  '\u202e\u200b\u0000\ufeff',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  'a'.repeat(20_000),
  'no '.repeat(7000),
  '我'.repeat(7000),
  'ကျောင်း'.repeat(2500),
  '(((((((((('.repeat(2000),
  '9'.repeat(20_000),
  '@.'.repeat(10_000),
  'my son '.repeat(2500),
]

/** Any Unicode text: random code units, and the odd ones above. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(...oddTexts.filter((text) => text.length < 200)),
)

/** Whether spans lie within the text, forwards, and hold something. */
export const within = (text: string, spans: { start: number; end: number }[]): boolean =>
  spans.every(({ start, end }) => 0 <= start && start < end && end <= text.length)
