import { addDays, type Day, isDay, isEmailAddress, type Violation } from '#kernel'
import { type ChangeField, isForServiceTeam, type Particulars } from './fields.js'

export type Typed = Readonly<Record<string, string>>

/** What a filled-in form is held against. */
export interface FormTerms {
  readIban(typed: string): string | null
  readPostalCode(typed: string): string | null
  readChamberNumber(typed: string): string | null
  readRsin(typed: string): string | null
  legalForms: readonly string[]
  /** The numbers of the buurten that there are. */
  neighbourhoods: readonly number[]
  /** Fields that follow the trade register are read only for the service team. */
  serviceTeam: boolean
  voting: boolean
}

/** The field of the form for each field of the register; the buurten are boxes, `buurt.3`. */
export const inputNames = {
  name: 'naam',
  legalForm: 'rechtsvorm',
  chamberNumber: 'kvk',
  rsin: 'rsin',
  street: 'straat',
  postalCode: 'postcode',
  city: 'plaats',
  iban: 'iban',
  neighbourhoods: 'buurt',
  contactName: 'contactNaam',
  contactEmail: 'contactEmail',
  contactPhone: 'contactTelefoon',
} as const satisfies Record<ChangeField, string>

type TextField = Exclude<ChangeField, 'neighbourhoods'>
const LONGEST = 200
const DAYS_AHEAD = 366

/**
 * What a form asks for, complete: a field that it does not have stays as it is. What is filled can become
 * something else, not nothing (except the phone number; the RSIN when a sole trader is registered).
 * Codes: `memberChange.missing.<field>`, `memberChange.wrong.<field>`, `form.tooLong`.
 */
export function readWanted(
  typed: Typed,
  current: Particulars,
  terms: FormTerms,
): { wanted: Particulars; violations: Violation[] } {
  const violations: Violation[] = []
  const problem = (kind: string, field: ChangeField) =>
    violations.push({ code: `memberChange.${kind}.${field}`, path: inputNames[field] })
  const read = (
    field: TextField,
    { normal = (text: string): string | null => text, emptyIsFine = current[field] === null } = {},
  ): string | null => {
    const given = typed[inputNames[field]]
    if (given === undefined || (isForServiceTeam(field) && !terms.serviceTeam)) return current[field]
    const text = given.trim().replace(/\s+/g, ' ')
    if (text === '' && !emptyIsFine) problem('missing', field)
    if (text === '') return null
    if (text.length > LONGEST) violations.push({ code: 'form.tooLong', path: inputNames[field] })
    const value = text === current[field] ? text : normal(text)
    if (value === null) problem('wrong', field)
    return value
  }
  const filled = (...fields: TextField[]) =>
    fields.some((field) => (typed[inputNames[field]] ?? '').trim() !== '')
  const address = { emptyIsFine: current.street === null && !filled('street', 'postalCode', 'city') }
  const contact = {
    emptyIsFine: current.contactEmail === null && !filled('contactName', 'contactEmail', 'contactPhone'),
  }
  const legalForm = read('legalForm', {
    normal: (text) => terms.legalForms.find((known) => known === text) ?? null,
  })
  const wanted: Particulars = {
    name: read('name', { emptyIsFine: false }) ?? current.name,
    legalForm,
    chamberNumber: read('chamberNumber', { normal: terms.readChamberNumber }),
    rsin: read('rsin', {
      normal: terms.readRsin,
      emptyIsFine: current.rsin === null || legalForm === 'eenmanszaak',
    }),
    street: read('street', { ...address, normal: (text) => (/\d/.test(text) ? text : null) }),
    postalCode: read('postalCode', { ...address, normal: terms.readPostalCode }),
    city: read('city', address),
    iban: read('iban', { normal: terms.readIban }),
    neighbourhoods: current.neighbourhoods,
    contactName: read('contactName', contact),
    contactEmail: read('contactEmail', { ...contact, normal: readEmail }),
    contactPhone: read('contactPhone', { normal: readPhone, emptyIsFine: true }),
  }
  if (typed.buurten === 'ja')
    wanted.neighbourhoods = terms.neighbourhoods.filter((number) => typed[`buurt.${number}`] === 'ja')
  if (terms.voting && current.neighbourhoods.length > 0 && wanted.neighbourhoods.length === 0)
    problem('missing', 'neighbourhoods')
  return { wanted, violations }
}

/**
 * The day from which the change is asked to hold: today when nothing is filled in, at most a year ahead.
 * Codes: `memberChange.dayMalformed`, `memberChange.dayPassed`, `memberChange.dayTooFar` (params last).
 */
export function readDay(typed: string | undefined, today: Day): { day: Day; violations: Violation[] } {
  const day = (typed ?? '').trim() || today
  const wrong = (code: string, params?: Record<string, string>) => ({
    day: today,
    violations: [{ code: `memberChange.${code}`, path: 'vanaf', params }],
  })
  if (!isDay(day)) return wrong('dayMalformed')
  if (day < today) return wrong('dayPassed')
  const last = addDays(today, DAYS_AHEAD)
  return day > last ? wrong('dayTooFar', { last }) : { day, violations: [] }
}

function readEmail(text: string): string | null {
  return text.length <= 254 && isEmailAddress(text) ? text.toLowerCase() : null
}

function readPhone(text: string): string | null {
  return /^\+?[\d\s()./-]{6,25}$/.test(text) ? text : null
}
