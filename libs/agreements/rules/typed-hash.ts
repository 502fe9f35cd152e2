/** A SHA-256 as someone typed or pasted it: 64 hexadecimal digits, whatever the spaces and capitals. Null otherwise. */
export function readTypedHash(typed: string): string | null {
  const digits = typed.replace(/[\s:.-]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null
}

/** The code from an address: the first 16 digits of a hash. Null for anything else. */
export function readVerificationCode(typed: string): string | null {
  const digits = typed.replace(/[\s-]/g, '').toLowerCase()
  return /^[0-9a-f]{16}$/.test(digits) ? digits : null
}

/** In groups of eight, to read aloud and to compare by eye. */
export const groupedHash = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? ''
