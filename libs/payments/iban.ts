import { isSEPACountry } from 'ibantools'
import { readIban } from '#members'

/** An IBAN that a euro payment can go to: valid, and of a country of the SEPA area; otherwise null. */
export function payableIban(typed: string | null): string | null {
  const iban = readIban(typed ?? '')
  return iban !== null && isSEPACountry(iban.slice(0, 2)) ? iban : null
}
