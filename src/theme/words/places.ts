/**
 * Patterns of what leads to a person beside names, for `mask.ts`. Every repetition has an upper bound, so that a text
 * made to be slow is not. Ours, machine-made.
 */
export type Pattern = {
  kind: 'email' | 'link' | 'handle' | 'phone' | 'date' | 'address' | 'student-id'
  reason: string
  sure: boolean
  pattern: RegExp
}

const word = "[\\p{L}\\p{M}'’.-]{1,25}"
const streets =
  'street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|court|ct|place|pl|boulevard|blvd|terrace|circle|way|parkway|pkwy|highway|hwy|square|sq'

export const patterns: Pattern[] = [
  {
    kind: 'email',
    reason: 'an e-mail address',
    sure: true,
    pattern: /[\p{L}\p{N}._%+-]{1,64}\s?@\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu,
  },
  {
    kind: 'email',
    reason: 'an e-mail address in words',
    sure: true,
    pattern:
      /[\p{L}\p{N}._-]{2,40} (?:at|arroba|\(at\)|\[at\]) (?:gmail|yahoo|hotmail|outlook|icloud|aol)\b(?:\s?(?:dot|punto|ponto|\.)\s?com)?/giu,
  },
  { kind: 'link', reason: 'a web address', sure: true, pattern: /(?:https?:\/\/|www\.)[^\s<>"']{2,300}/giu },
  {
    kind: 'handle',
    reason: 'a name on the web',
    sure: true,
    pattern: /(?<![\p{L}\p{N}.@])@[\p{L}\p{N}_][\p{L}\p{N}_.]{1,29}/gu,
  },
  {
    kind: 'handle',
    reason: 'follows the name of a web service',
    sure: false,
    pattern:
      /\b(?:snap|snapchat|insta|instagram|ig|tiktok|discord|whatsapp|wechat|微信|telegram|facebook|fb|zalo|viber)(?: (?:is|es|name|user|username|id)|号)?\s?[:=：]\s?[\p{L}\p{N}_.@-]{2,30}/giu,
  },
  {
    kind: 'address',
    reason: 'a number and a street',
    sure: true,
    pattern: new RegExp(
      `(?<![\\p{N}])\\p{N}{1,5}[a-z]?\\s{1,3}(?:${word}\\s{1,3}){1,4}?(?:${streets})\\b\\.?(?:,?\\s{1,3}(?:apt|apartment|unit|floor|fl|#)\\.?\\s{0,2}[\\p{L}\\p{N}]{1,5})?`,
      'giu',
    ),
  },
  {
    kind: 'address',
    reason: 'a flat',
    sure: true,
    pattern: /\b(?:apt|apartment|apartamento|apto|unit|suite|depto)\.?\s{0,2}#?\s{0,2}\p{N}{1,5}\p{L}?\b/giu,
  },
  {
    kind: 'address',
    reason: 'a word for a street and its name',
    sure: false,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{M}])(?:calle|avenida|avda|carretera|callejón|rua|travessa|alameda|rruga|bulevardi|wadada|jidka|barabara ya|mtaa wa|đường|phố|ngõ|ri|riyèl)\\s{1,3}${word}(?:\\s{1,3}${word}){0,3}?(?:\\s{0,3}[,#]?\\s{0,3}(?:nº|n°|no\\.|số)?\\s{0,2}\\p{N}{1,5})`,
      'giu',
    ),
  },
  {
    kind: 'address',
    reason: 'a word for a street and its name',
    sure: false,
    pattern: /(?:số(?: nhà)? \p{N}{1,5}[\p{L}]? (?:đường|phố|ngõ) (?:[\p{L}\p{M}]{1,20}\s?){1,4})/giu,
  },
  {
    kind: 'address',
    reason: 'a word for a street and its name',
    sure: false,
    pattern:
      /(?:شارع|طريق|حي)\s{1,3}[\p{Script=Arabic}\p{M}]{2,20}(?:\s{1,3}[\p{Script=Arabic}\p{M}]{2,20})?(?:\s{0,3}(?:رقم)?\s{0,3}\p{N}{1,5})?/gu,
  },
  {
    kind: 'address',
    reason: 'a street and a house',
    sure: true,
    pattern:
      /[\p{Script=Han}]{1,8}(?:路|街|道|巷|弄|大道)\s?\p{N}{1,5}\s?(?:号|號|弄|室)?(?:\s?\p{N}{1,4}\s?(?:室|楼|樓|单元))?/gu,
  },
  {
    kind: 'address',
    reason: 'a word for a street and its number',
    sure: false,
    pattern:
      /(?:အမှတ်\s?[\p{N}၀-၉/()]{1,8}[^\n။]{0,40}?လမ်း|[\p{Script=Myanmar}]{2,30}လမ်း\s?[,၊]?\s?[\p{N}]{1,5})/gu,
  },
  {
    kind: 'address',
    reason: 'a word for a street and its number',
    sure: false,
    pattern: /[\p{Script=Devanagari}]{2,20}\s?(?:सडक|मार्ग|टोल|गल्ली|चोक)\s?[,-]?\s?\p{N}{1,5}/gu,
  },
  {
    kind: 'address',
    reason: 'a postal code',
    sure: true,
    pattern: /\b(?:CT|MA|NY|RI|NJ),?\s{1,3}\p{N}{5}(?:-\p{N}{4})?\b/gu,
  },
  {
    kind: 'student-id',
    reason: 'follows a word for a number of a student',
    sure: true,
    pattern:
      /(?<!\p{L})(?:student|lunch|school|sasid|state|case|badge|estudiante|estudiantil|matrícula|matricula|carné|identificación|aluno|elèv|học sinh|nxënësi|ardayga|mwanafunzi|الطالب|الطالبة|学生|学号|學號|ကျောင်းသား|विद्यार्थी)?[\s'’-]{0,2}(?:id|i\.d\.|identification|number|num|no\.|nº|número|numero|nimewo|mã số|mã|numri|nambarka|lambarka|namba|رقم|号码|号|學號|学号|နံပါတ်|နံပါတ်|नम्बर|#)\s{0,2}(?:is|es|é|se|là|është|waa|ni|हो|是|هو)?\s{0,2}[:#：]?\s{0,2}[A-Z]{0,3}-?\p{N}{4,12}(?!\p{N})/giu,
  },
  {
    kind: 'student-id',
    reason: 'follows a word for a number of a student',
    sure: true,
    pattern:
      /(?<!\p{L})(?:n[uú]mero|nimewo|number|numri|namba|la[mn]bar(?:ka)?|رقم|mã số|id)\s(?:de |do |da |of |the |i |ya |la )?(?:estudiante|alumn[oa]|alun[oa]|matr[ií]cula|student|elèv|nxënësit|ardayga|mwanafunzi|الطالب|الطالبة|học sinh)\s{0,2}(?:is|es|é|se|là|është|waa|ni|هو)?\s{0,2}[:#]?\s{0,2}[A-Z]{0,3}\p{N}{4,12}(?!\p{N})/giu,
  },
  {
    kind: 'date',
    reason: 'a full date, such as that of a birth',
    sure: false,
    pattern: /(?<!\p{N})\p{N}{1,4}([/.-])\p{N}{1,2}\1\p{N}{2,4}(?!\p{N})/gu,
  },
  {
    kind: 'phone',
    reason: 'seven or more digits',
    sure: true,
    pattern: /(?<![\p{N}$€£])(?:\+|00)?\(?\p{N}(?:[\s().\u00a0–-]{0,3}\p{N}){6,14}(?!\p{N})/gu,
  },
  {
    kind: 'student-id',
    reason: 'a long number',
    sure: false,
    pattern: /(?<![\p{N}$€£.,])[A-Z]{0,2}\p{N}{5,15}(?![\p{N}%]|,\p{N})/gu,
  },
]

/** A run of digits that is no phone: two years, as in 2018-2022. */
export const years = /^(?:19|20)\p{N}{2}\D{1,3}(?:19|20)\p{N}{2}$/u

/** Names in letters without capitals. Group 1 is the name; what stands around it is the reason. */
export const naming: { reason: string; sure: boolean; pattern: RegExp }[] = [
  {
    reason: 'follows a title',
    sure: true,
    pattern:
      /(?:السيد|السيدة|الأستاذ|الأستاذة|الاستاذ|الاستاذة|أستاذ|أستاذة|استاذ|استاذة|المعلم|المعلمة|الدكتور|الدكتورة|المدير|المديرة|الآنسة|مس|مستر|ميس)\s{1,3}([\p{Script=Arabic}\p{M}]{2,20})/gu,
  },
  {
    reason: 'follows a word for being called',
    sure: true,
    pattern:
      /(?:اسمه|اسمها|اسمي|واسمه|واسمها|يدعى|تدعى|اسم ابني|اسم ابنتي|اسم الطالب|اسم الطالبة)\s{1,3}(?:هو\s{1,3}|هي\s{1,3})?([\p{Script=Arabic}\p{M}]{2,20}(?:\s{1,3}[\p{Script=Arabic}\p{M}]{2,20})?)/gu,
  },
  {
    reason: 'follows a word for being called',
    sure: true,
    pattern:
      /(?:名叫|叫做|叫|名字是|名字叫|姓名)[:：]?\s?([\p{Script=Han}]{2,3})(?![\p{Script=Han}]?(?:做|我))/gu,
  },
  {
    reason: 'follows a word for being called',
    sure: false,
    pattern: /(?:နာမည်|အမည်)(?:က|မှာ|သည်)?\s{0,2}([\p{Script=Myanmar}]{2,30}?)(?=\s|$|ပါ|ဖြစ်|၊|။|လို့)/gu,
  },
  {
    reason: 'follows a title',
    sure: false,
    pattern:
      /(?:^|[\s၊။"(])((?:ဦး|ဒေါ်|ဆရာမကြီး|ဆရာကြီး|ဆရာမ|ဆရာ|မောင်|ကို|မ)(?!\s?(?:များ|တွေ|တို့|က|ကို|မှာ|နဲ့|နှင့်|အများ|ကောင်း|အသစ်))[\p{Script=Myanmar}]{2,18}?)(?=\s|$|က|ကို|၊|။|နဲ့|နှင့်|ရဲ့)/gu,
  },
  {
    reason: 'follows a word for being called',
    sure: true,
    pattern:
      /(?:नाम|नाउँ)\s{1,2}((?!छ|हो|के)[\p{Script=Devanagari}\p{M}]{2,20}(?:\s[\p{Script=Devanagari}\p{M}]{2,20})?)\s{1,2}(?:हो|छ|रहेको)/gu,
  },
  {
    reason: 'follows a title',
    sure: true,
    pattern: /(?:श्री|श्रीमती|सुश्री|डा\.?)\s{1,2}([\p{Script=Devanagari}\p{M}]{2,20})/gu,
  },
  {
    reason: 'stands before a title',
    sure: true,
    pattern:
      /([\p{Script=Devanagari}\p{M}]{2,20})\s(?:सर|म्याडम|म्याम|मिस|जी)(?![\p{Script=Devanagari}\p{M}])/gu,
  },
]
export const beforeChineseTitle =
  /(?:老师|老師|校长|校長|先生|女士|小姐|太太|同学|同學|主任|教练|教練|医生|醫生|阿姨|叔叔|护士)/u
