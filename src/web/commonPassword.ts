/**
 * Words that lists of leaked passwords are full of. No list of whole ones comes with Heard: of those with twelve
 * characters and more, nearly all are one or two of these words with numbers and signs around them, a walk along the
 * keyboard, or something again and again.
 */
const words = `
  password passwort passw0rd passcode passphrase contrasena contraseña senha motdepasse parola secret secreto secure
  security login signin letmein openup opensesame access admin administrator root superuser user username guest test
  tester testing default changeme change temp temporary welcome willkommen bienvenido bienvenida bemvindo hello hallo
  hola goodbye whatever nothing internet computer laptop iphone samsung android windows microsoft google facebook
  instagram youtube twitter tiktok netflix amazon apple linkedin yahoo gmail hotmail outlook qwerty azerty qwertz
  iloveyou iloveu loveyou lovely love lover teamo tequiero amor corazon family familia mother father mama papa baby
  angel angels princess princesa queen king prince sunshine sunflower sunny flower rainbow butterfly summer winter
  spring autumn fall january february march april may june july august september october november december monday
  tuesday wednesday thursday friday saturday sunday football soccer baseball basketball hockey tennis golf swimming
  liverpool chelsea arsenal barcelona madrid yankees cowboys steelers eagles lakers superman batman spiderman ironman
  pokemon pikachu starwars naruto minecraft fortnite roblox dragon monkey tiger lion panda shadow master ninja killer
  hunter ranger warrior soldier jordan michael michelle jessica jennifer ashley amanda nicole daniel charlie andrew
  matthew joshua thomas robert william jasmine samantha alexander anthony elizabeth freedom liberty america london
  chocolate cookie cheese pepper ginger banana orange cherry coffee purple yellow green silver golden diamond money
  jesus christ god heaven blessed faith trust hope happy smile forever friend friends bestfriend estrella
  school schools student students teacher teachers classroom class education district principal office engagement
  survey surveys heard college university library math english science the and for you your our one two three big new
`
  .split(/\s+/)
  .filter((word) => word.length > 2)

/** Rows of keyboards and alphabets, along which fingers walk. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedcrfvtgb',
]
const walks = new Set(
  [...rows, ...rows.map((row) => [...row].reverse().join(''))].flatMap((row) =>
    Array.from({ length: row.length - 2 }, (_, at) => row.slice(at, at + 3)),
  ),
)

const letters: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const plain = (text: string): string => text.normalize('NFKC').toLowerCase()
const unmasked = (text: string): string => [...text].map((sign) => letters[sign] ?? sign).join('')

/**
 * Whether a password is among the first that somebody would try (OWASP ASVS 6.2.4, 6.2.11): at most two well-known
 * words, walks along the keyboard, numbers and signs, and hardly anything else; or a few signs again and again.
 * `about`: what everybody knows of the person, such as the e-mail and the name of the district.
 */
export function isCommon(password: string, about: readonly string[] = []): boolean {
  const typed = plain(password)
  if (new Set(typed).size < 5 || repeats(typed)) return true
  const own = about.flatMap((text) => plain(text).split(/[^\p{L}\p{M}]+/u)).filter((word) => word.length > 2)
  const known = [...new Set([...words, ...own])].sort((a, b) => b.length - a.length)
  return [typed, unmasked(typed)].some((text) => mostlyKnown(text, known))
}

/** "summer summer summer": one piece, up to half as long as the whole, and nothing else. */
const repeats = (text: string): boolean => /^(.{1,}?)\1+.{0,2}$/su.test(text)

/** So many letters may be left over beside well-known words. */
const leftOver = 3

function mostlyKnown(text: string, known: readonly string[]): boolean {
  const found = new Set<string>()
  let left = 0
  for (let at = 0; at < text.length; ) {
    const word = known.find((one) => text.startsWith(one, at))
    const walked = word ? 0 : walkFrom(text, at)
    if (word) found.add(word)
    else if (walked === 0 && /\p{L}/u.test(text[at] ?? '')) left++
    at += word?.length ?? Math.max(1, walked)
  }
  return found.size < 3 && left <= leftOver
}

/** How many signs from here on are a walk along a row, 0 for none. */
function walkFrom(text: string, at: number): number {
  let to = at
  while (walks.has(text.slice(to, to + 3))) to++
  return to > at ? to + 2 - at : 0
}
