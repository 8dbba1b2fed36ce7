/** Letters of a comment that are read; what a person types beyond is kept, but not looked at by machine. */
export const mostRead = 20_000

/** A text that every later step can take: lone surrogates become U+FFFD, and no more than is read. Same offsets. */
export const sound = (text: string): string => text.slice(0, mostRead).toWellFormed()

const arabicMarks = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g

/**
 * Arabic as light stemmers want it: no short vowels, no tatweel, one alef, one yeh, heh for teh marbuta (the
 * normalization of Larkey, Ballesteros and Connell 2002); Persian and Urdu shapes of kaf and yeh as the Arabic ones.
 */
const arabic = (word: string): string =>
  word
    .replace(arabicMarks, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')

/**
 * One spelling for the many of a word: compatibility forms (NFKC, so full width and ligatures are plain), lower
 * case, one apostrophe, nothing invisible, Arabic as above. Accents are kept: stemmers read them.
 */
export function normal(word: string): string {
  const plain = word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ`´‘]/g, "'")
    .replace(invisible, '')
  return /[\u0600-\u06ff]/.test(plain) ? arabic(plain) : plain.normalize('NFC')
}

/**
 * Without the accents of Latin letters, which people leave out on phones; ñ stays, since año and ano differ, and
 * đ is d. Vietnamese must not be folded: its tones tell words apart. Marks of other scripts are letters there.
 */
export function folded(word: string): string {
  if (!/[^\u0020-\u007e]/.test(word)) return word
  return word
    .normalize('NFD')
    .replace(
      /(?<!n)(?<=\p{Script=Latin}\p{M}*)\u0303|(?<=\p{Script=Latin}\p{M}*)[\u0300-\u0302\u0304-\u036f]/gu,
      '',
    )
    .replace(/đ/g, 'd')
    .normalize('NFC')
}
