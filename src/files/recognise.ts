/** What a file is by its first bytes: `zip` can be a workbook, the rest are codes of `exchange.<code>`. */
export type Recognised =
  | 'zip'
  | 'isEmpty'
  | 'isOldExcel'
  | 'isImage'
  | 'isPdf'
  | 'isJson'
  | 'isLss'
  | 'isMarkup'
  | 'isText'
  | 'isUnknown'

const starts: [number[], Recognised][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'zip'],
  [[0x50, 0x4b, 0x05, 0x06], 'zip'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'isOldExcel'],
  [[0x89, 0x50, 0x4e, 0x47], 'isImage'],
  [[0xff, 0xd8, 0xff], 'isImage'],
  [[0x47, 0x49, 0x46, 0x38], 'isImage'],
  [[0x42, 0x4d], 'isImage'],
  [[0x49, 0x49, 0x2a, 0x00], 'isImage'],
  [[0x4d, 0x4d, 0x00, 0x2a], 'isImage'],
  [[0x52, 0x49, 0x46, 0x46], 'isImage'],
  [[0x25, 0x50, 0x44, 0x46], 'isPdf'],
]

/** The kind of a file by its bytes alone: what it is called is not asked, since names lie. */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) return 'isEmpty'
  const known = starts.find(([magic]) => magic.every((byte, at) => bytes[at] === byte))
  if (known) return known[1]
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return 'isText'
  const head = bytes.subarray(0, 4096)
  // A byte that no text has.
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 27))) return 'isUnknown'
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^[[{]/.test(text)) return 'isJson'
  if (/<LimeSurveyDocType>/.test(text)) return 'isLss'
  if (text.startsWith('<')) return 'isMarkup'
  return 'isText'
}
