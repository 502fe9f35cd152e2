/** What the register holds of an organisation that its own people can ask to change, in the order of the pages. */
export const changeFields = [
  'name',
  'legalForm',
  'chamberNumber',
  'rsin',
  'street',
  'postalCode',
  'city',
  'iban',
  'neighbourhoods',
  'contactName',
  'contactEmail',
  'contactPhone',
] as const
export type ChangeField = (typeof changeFields)[number]

/** The part of a member's details that can change here. */
export interface Particulars {
  name: string
  legalForm: string | null
  chamberNumber: string | null
  rsin: string | null
  street: string | null
  postalCode: string | null
  city: string | null
  iban: string | null
  neighbourhoods: number[]
  contactName: string | null
  contactEmail: string | null
  contactPhone: string | null
}

/** One field, as it was and as it is asked to be; both as text, and null for nothing. */
export interface FieldChange {
  field: ChangeField
  from: string | null
  to: string | null
}

const SENSITIVE: readonly ChangeField[] = [
  'name',
  'legalForm',
  'chamberNumber',
  'rsin',
  'iban',
  'contactEmail',
]
const FOR_SERVICE_TEAM: readonly ChangeField[] = ['legalForm', 'chamberNumber', 'rsin']

/** Who an organisation is, where its money goes and who guards its page: these need a second pair of eyes. */
export function isSensitive(field: ChangeField): boolean {
  return SENSITIVE.includes(field)
}

/** These follow the trade register: only the service team proposes them. */
export function isForServiceTeam(field: ChangeField): boolean {
  return FOR_SERVICE_TEAM.includes(field)
}

/** These are about a person: they can be erased, and stand in no notice. */
export function isPersonal(field: ChangeField): boolean {
  return field === 'contactName' || field === 'contactEmail' || field === 'contactPhone'
}

/** A field's value as text: buurten as their numbers, `3,14`. */
export function valueAsText(particulars: Particulars, field: ChangeField): string | null {
  if (field === 'neighbourhoods') return particulars.neighbourhoods.join(',') || null
  return particulars[field]
}

/** The numbers of the buurten in a value. */
export function neighbourhoodsIn(value: string | null): number[] {
  return value ? value.split(',').map(Number) : []
}
