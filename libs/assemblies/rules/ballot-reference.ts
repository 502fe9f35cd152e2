/** Digits and letters that nobody confuses when reading aloud: no I, L, O, U (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The reference that a voter can write down, from the first 40 bits of a hash in hexadecimal: `7F3K-9QZ2`.
 * It says nothing of the choice.
 * @throws RangeError when there are fewer than ten hexadecimal digits
 */
export function ballotReference(hashHex: string): string {
  if (!/^[0-9a-f]{10}/.test(hashHex)) throw new RangeError('a reference needs ten hexadecimal digits')
  const bits = BigInt(`0x${hashHex.slice(0, 10)}`)
  const letters = Array.from({ length: 8 }, (_, at) => ALPHABET[Number((bits >> BigInt(35 - 5 * at)) & 31n)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}
