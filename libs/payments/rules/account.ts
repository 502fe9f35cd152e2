/** A bank account to pay to, with the address that goes with it as far as it is known. */
export interface PayeeAccount {
  name: string
  /** Without spaces. */
  iban: string
  street: string | null
  buildingNumber: string | null
  postalCode: string | null
  town: string | null
  /** ISO 3166, two letters. */
  country: string
}

/** What may be shown of an IBAN on paper that is sent: country, check digits and the last four. */
export function maskedIban(iban: string): string {
  return `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`
}

/**
 * Street and house number apart, as a structured address has them: "Oudegracht 12 bis" → Oudegracht, 12 bis. The
 * number is the last word that begins with a digit, with what follows it, at most sixteen characters; when there is
 * none, or nothing stands before it, the whole is street.
 */
export function splitStreet(written: string | null): Pick<PayeeAccount, 'street' | 'buildingNumber'> {
  const words = (written ?? '').trim().split(/\s+/)
  const at = words.findLastIndex((word) => /^\d/.test(word))
  const buildingNumber = words.slice(at).join(' ')
  if (at < 1 || buildingNumber.length > 16) return { street: words.join(' ') || null, buildingNumber: null }
  return { street: words.slice(0, at).join(' ').replace(/,$/, ''), buildingNumber }
}
