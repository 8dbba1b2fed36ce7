/**
 * A QR code as an SVG drawing, black on white whatever the scheme of the page, with its quiet zone. It is for a
 * camera: the same address stands beside it in words, so it is hidden from screen readers.
 * Between two of them other requests get their turn.
 *
 * The mask is fixed, since to try all eight takes eight times as long and a sheet may have hundreds of codes.
 */
export async function qrCode(text: string): Promise<string> {
  await new Promise((resolve) => setImmediate(resolve))
  const { toString: draw } = await import('qrcode')
  const svg = await draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4, maskPattern: 2 })
  return svg.trim().replace('<svg ', '<svg class="qr" aria-hidden="true" focusable="false" ')
}
