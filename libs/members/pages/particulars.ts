import type { Language } from '#platform'
import { groupedIban } from '../iban.js'
import { changedFields, type DetailField, type MemberDetails } from '../rules/details.js'
import type { RecordedRow } from '../store/facts.store.js'
import type { Text } from './words.js'

/** The groups in which particulars are shown, in order; a group that says nothing is left out. */
const GROUPS = {
  legalForm: ['legalForm'],
  chamberNumber: ['chamberNumber'],
  rsin: ['rsin'],
  address: ['street', 'postalCode', 'city'],
  iban: ['iban'],
  neighbourhoods: ['neighbourhoods'],
  contact: ['contactName', 'contactEmail', 'contactPhone'],
} as const satisfies Record<string, readonly DetailField[]>
type Group = keyof typeof GROUPS
const groups = Object.keys(GROUPS) as Group[]

/** The names of the buurten by number, for showing. */
export type BuurtNames = ReadonlyMap<number, string>

/** Particulars as lines with a label; what is not known is left out. */
export function particularsOf(details: MemberDetails, text: Text, buurten: BuurtNames) {
  return groups.flatMap((group) => {
    const value = shownValue(group, details, text, buurten)
    return value === '' ? [] : [{ label: text(`particulars.${group}`), value }]
  })
}

/**
 * What a row of the register changed: which groups, and each of them from what to what.
 * @param before the details that held when it was recorded, or null for the first
 */
export function changesOf(
  { fact }: RecordedRow<MemberDetails>,
  before: MemberDetails | null,
  text: Text,
  buurten: BuurtNames,
) {
  const changed = new Set(before ? changedFields(before, fact) : [])
  return groups
    .filter((group) => GROUPS[group].some((field) => changed.has(field)))
    .map((group) => ({
      label: text(`particulars.${group}`),
      from: shownValue(group, before!, text, buurten) || text('particulars.nothing'),
      to: shownValue(group, fact, text, buurten) || text('particulars.nothing'),
    }))
}

function shownValue(group: Group, details: MemberDetails, text: Text, buurten: BuurtNames): string {
  const { legalForm, street, postalCode, city, iban, contactName, contactEmail, contactPhone } = details
  switch (group) {
    case 'legalForm':
      return legalForm ? text(`particulars.form.${legalForm}`) : ''
    case 'address':
      return [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ')
    case 'iban':
      return iban ? groupedIban(iban) : ''
    case 'neighbourhoods':
      return details.neighbourhoods.map((number) => buurten.get(number) ?? String(number)).join('; ')
    case 'contact':
      return [contactName, contactEmail, contactPhone].filter(Boolean).join(', ')
    default:
      return details[group] ?? ''
  }
}

/** Words for lists such as `adres, IBAN en contactpersoon`. */
export function listed(words: readonly string[], lang: Language): string {
  return new Intl.ListFormat(lang === 'en' ? 'en-GB' : 'nl-NL').format(words)
}
