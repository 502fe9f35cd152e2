import { electronicFormatIBAN, isValidIBAN } from 'ibantools'

/** An IBAN as the register keeps it, without spaces and in capitals (ISO 13616); null when it can't be one. */
export function readIban(typed: string): string | null {
  const iban = electronicFormatIBAN(typed)
  return iban !== null && isValidIBAN(iban) ? iban : null
}

/** An IBAN as it is read: in groups of four. */
export function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}
