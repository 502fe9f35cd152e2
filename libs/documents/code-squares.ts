import QRCode from 'qrcode'

/** A text as a QR code (ISO/IEC 18004, level M: readable with a fold or a stain), row by row what is dark. */
export function codeSquares(text: string): boolean[][] {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => data[y * size + x] === 1),
  )
}
