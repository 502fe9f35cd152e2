import type { Day } from '#kernel'

/** The legal forms that the register knows. */
export const legalForms = [
  'stichting',
  'vereniging',
  'cooperatie',
  'bv',
  'kerk',
  'eenmanszaak',
  'anders',
] as const
export type LegalForm = (typeof legalForms)[number]

/** What the register holds of an organisation besides its name. What is not known is null. */
export interface MemberParticulars {
  legalForm: LegalForm | null
  /** KvK number, eight digits. */
  chamberNumber: string | null
  /** Nine digits; a sole trader has none of its own. */
  rsin: string | null
  /** Street with house number. */
  street: string | null
  /** `3511 AB`. */
  postalCode: string | null
  city: string | null
  /** Without spaces. */
  iban: string | null
  /** The numbers of the buurten in which it is rooted, from low to high. */
  neighbourhoods: number[]
  /** The registered contact, who confirms mandates and sensitive changes. */
  contactName: string | null
  contactEmail: string | null
  contactPhone: string | null
}

/** What a member is called, and what is known of it, from a day on. */
export interface MemberDetails extends MemberParticulars {
  on: Day
  name: string
  founder: boolean
  note: string | null
}

/** Details with the row of the register that holds them. */
export type HeldDetails = MemberDetails & { id: string }

export const noParticulars: MemberParticulars = {
  legalForm: null,
  chamberNumber: null,
  rsin: null,
  street: null,
  postalCode: null,
  city: null,
  iban: null,
  neighbourhoods: [],
  contactName: null,
  contactEmail: null,
  contactPhone: null,
}

export type DetailField = Exclude<keyof MemberDetails, 'on'>
const FIELDS = [
  'name',
  'founder',
  'note',
  ...(Object.keys(noParticulars) as (keyof MemberParticulars)[]),
] as const satisfies readonly DetailField[]

/** Which fields differ, in the order in which they are shown; the day does not count. */
export function changedFields(before: MemberDetails, after: MemberDetails): DetailField[] {
  return FIELDS.filter((field) => String(before[field] ?? '') !== String(after[field] ?? ''))
}

/**
 * The details that hold on a day: the last of its day or earlier, of one day what was recorded last. Before the
 * first of them holds, that one: a member always has a name. Null when there are none.
 * @param details those that stand, in order of recording
 */
export function detailsOn<D extends MemberDetails>(day: Day, details: readonly D[]): D | null {
  const byDay = [...details].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return byDay.findLast(({ on }) => on <= day || on === byDay[0]!.on) ?? null
}

/** The first day after `day` from which other details stand already, or null. */
export function nextDetailsAfter(day: Day, details: readonly MemberDetails[]): Day | null {
  const later = details.map(({ on }) => on).filter((on) => on > day)
  return later.sort()[0] ?? null
}

/** Who the registered contact is from which day until which (not included), by e-mail address. */
export interface ContactSpan {
  name: string
  email: string
  from: Day
  until: Day | null
}

/** The registered contacts of a member through time, by day; days without one have no span. */
export function contactSpans(details: readonly MemberDetails[]): ContactSpan[] {
  const days = [...new Set(details.map(({ on }) => on))].sort()
  const spans: ContactSpan[] = []
  for (const [at, from] of days.entries()) {
    const { contactEmail: email, contactName } = detailsOn(from, details)!
    const until = days[at + 1] ?? null
    const before = spans.at(-1)
    if (before && before.email === email && before.until === from) before.until = until
    else if (email !== null) spans.push({ name: contactName ?? email, email, from, until })
  }
  return spans
}
