import { groupedIban } from '#members'
import type { DetailField } from '../rules/columns.js'

/** How files call the kinds of members and legal forms; an import reads them back. */
export const kindNames: Record<string, string> = { voting: 'Stemlid', supporting: 'Steunlid' }
export const legalFormNames: Record<string, string> = {
  stichting: 'Stichting',
  vereniging: 'Vereniging',
  cooperatie: 'Coöperatie',
  bv: 'B.V.',
  kerk: 'Kerkgenootschap',
  eenmanszaak: 'Eenmanszaak',
  anders: 'Anders',
}

/** The names of the buurten, by number. */
export type BuurtNames = ReadonlyMap<number, string>

/** Buurten as a file holds them: their names. A list of numbers would become a date or an amount in a spreadsheet. */
export function buurtList(numbers: readonly number[], names: BuurtNames): string {
  return numbers.map((number) => names.get(number) ?? String(number)).join(' / ')
}

/** A detail as a reader sees it, from how a plan holds it. */
export function shownDetail(field: DetailField, value: string, names: BuurtNames): string {
  if (field === 'legalForm') return legalFormNames[value] ?? value
  if (field === 'iban') return groupedIban(value)
  if (field === 'neighbourhoods') return buurtList(value.split(', ').map(Number), names)
  return value
}
