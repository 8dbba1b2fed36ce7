/** How a text travels as SMS (3GPP TS 23.038). `units`: septets, or UTF-16 units where `ucs2`. */
export type Sms = {
  units: number
  segments: number
  ucs2: boolean /** Units that the last segment has left. */
  left: number
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Reached by an escape, so each takes two. */
const extended = new Set('\f^{}\\[~]|€')

/** How many units one segment holds: alone, and as a part of several, which each begin with a header. */
const room = { gsm: { one: 160, part: 153 }, ucs2: { one: 70, part: 67 } } as const

/** Counts a text. What does not fit into the GSM alphabet makes the whole of it UCS-2. */
export function countSms(text: string): Sms {
  const letters = [...text]
  const ucs2 = !letters.every((letter) => basic.has(letter) || extended.has(letter))
  // What may not be parted over two segments: an escaped letter, the two halves of a surrogate pair.
  const sizes = letters.map((letter) => (ucs2 ? letter.length : extended.has(letter) ? 2 : 1))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { one, part } = ucs2 ? room.ucs2 : room.gsm
  if (units <= one) return { units, segments: 1, ucs2, left: one - units }
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > part) {
      segments++
      used = 0
    }
    used += size
  }
  return { units, segments, ucs2, left: part - used }
}
