import { services, usualTerms } from './terms.js'

/** The parts of a draft, each a page of its own, saved by itself. */
export const draftSections = ['period', 'money', 'indicators', 'clauses', 'days'] as const
export type DraftSection = (typeof draftSections)[number]

/** A draft: field name → text exactly as typed, also where it can't be read. What is absent is empty. */
export type Draft = Readonly<Record<string, string>>

/** The fields of an entry of a list; the first names it for ever, the second is what makes an entry of it. */
export const listFields = {
  lines: ['id', 'label', 'budget'],
  indicators: ['id', 'label', 'kind', 'unit', 'target', 'better', 'due'],
  clauses: ['id', 'heading', 'text'],
} as const
export type DraftList = keyof typeof listFields

/** How many entries a list may have. */
export const MOST_ENTRIES: Record<DraftList, number> = { lines: 60, indicators: 40, clauses: 40 }

/** The longest text of one field. */
export const LONGEST_FIELD = 20_000

const SINGLE: Record<string, DraftSection> = {
  startsOn: 'period',
  endsOn: 'period',
  holdsFrom: 'period',
  employer: 'period',
  wijkbudget: 'money',
  ownMeans: 'money',
  socialReturn: 'money',
  explainOver: 'money',
  reportDueDays: 'days',
  noticeMonths: 'days',
}
const PREFIXED: Record<string, DraftSection> = {
  buurt: 'period',
  service: 'period',
  lines: 'money',
  indicators: 'indicators',
  clauses: 'clauses',
  ladder: 'days',
}

/** Which part a field belongs to; null for what is no field of a draft. */
export function sectionOf(field: string): DraftSection | null {
  const [prefix = '', name, part] = field.split('.')
  if (name === undefined) return Object.hasOwn(SINGLE, field) ? SINGLE[field]! : null
  return Object.hasOwn(PREFIXED, prefix) && isKnown(prefix, name, part) ? PREFIXED[prefix]! : null
}

function isKnown(prefix: string, name: string, part: string | undefined): boolean {
  if (prefix === 'service') return (services as readonly string[]).includes(name) && part === undefined
  if (prefix === 'ladder') return Object.hasOwn(usualTerms.ladder, name) && part === undefined
  if (prefix === 'buurt') return /^[0-9a-z-]{1,36}$/.test(name) && part === undefined
  return /^\d{1,3}$/.test(name) && part !== undefined && isFieldOf(prefix as DraftList, part)
}

/**
 * Takes the fields of a part from whatever was sent. Texts stay as typed, but for line ends (browsers send CRLF) and
 * what a database text can't hold (NUL, half characters); empty ones are left out.
 */
export function sectionDraft(section: DraftSection, sent: Readonly<Record<string, string>>): Draft {
  const fields = Object.entries(sent)
    .filter(([name, text]) => sectionOf(name) === section && name.length <= 80 && text !== '')
    .map(([name, text]) => [name, storable(text)] as const)
  return withNames(Object.fromEntries(fields))
}

function storable(text: string): string {
  return text
    .slice(0, LONGEST_FIELD * 2)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

/** One entry of a list in a draft. */
export interface DraftEntry {
  /** Its place in the field names: `lines.3.label`. */
  index: number
  fields: Record<string, string>
}

/** The entries of a list, in order, without those in which nothing was typed. */
export function entriesOf(draft: Draft, list: DraftList): DraftEntry[] {
  const byIndex = new Map<number, Record<string, string>>()
  for (const [name, text] of Object.entries(draft)) {
    const [prefix, index = '', field = ''] = name.split('.')
    if (prefix !== list || !/^\d{1,3}$/.test(index) || !isFieldOf(list, field)) continue
    byIndex.set(Number(index), { ...byIndex.get(Number(index)), [field]: text })
  }
  return [...byIndex]
    .filter(([, fields]) => hasContent(list, fields))
    .sort(([a], [b]) => a - b)
    .map(([index, fields]) => ({ index, fields }))
}

const isFieldOf = (list: DraftList, field: string) => (listFields[list] as readonly string[]).includes(field)

/** A name and a choice in a select make no entry: something must have been typed. */
function hasContent(list: DraftList, fields: Record<string, string>): boolean {
  const choices = ['id', 'kind', 'better', 'due']
  if (list === 'clauses' && fields.id === MANDATORY_CLAUSE) return true
  return Object.entries(fields).some(([field, text]) => !choices.includes(field) && text.trim() !== '')
}

/** The short name of the clause that every agreement has. */
export const MANDATORY_CLAUSE = 'projectadministratie'

/**
 * Numbers the entries of the lists anew and gives each a name of its own that it keeps, also when its label changes:
 * by that name reports and comments know it. Fields of entries in which nothing was typed go.
 */
function withNames(draft: Draft): Draft {
  const named: Record<string, string> = Object.fromEntries(
    Object.entries(draft).filter(([name]) => !(name.split('.')[0]! in listFields)),
  )
  for (const list of Object.keys(listFields) as DraftList[]) {
    const entries = entriesOf(draft, list).slice(0, MOST_ENTRIES[list])
    const taken = new Set(entries.flatMap(({ fields }) => (isName(fields.id) ? [fields.id] : [])))
    for (const [place, { fields }] of entries.entries()) {
      const label = fields.label ?? fields.heading ?? ''
      const id = isName(fields.id) ? fields.id : freeName(shortName(label), taken)
      taken.add(id)
      for (const [field, text] of Object.entries({ ...fields, id })) named[`${list}.${place}.${field}`] = text
    }
  }
  return named
}

const isName = (text: string | undefined): text is string =>
  text !== undefined && text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken.has(name)) return name
  }
}

/** A label as a short name in addresses: "Personeel (1,6 fte)" → `personeel-1-6-fte`. */
export function shortName(label: string): string {
  const plain = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return plain || 'onderdeel'
}

/** The fields in which two drafts differ, by name. */
export function differingFields(one: Draft, other: Draft): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
  return names.filter((name) => (one[name] ?? '') !== (other[name] ?? ''))
}

/** What belongs to one part of a whole draft. */
export function partOf(draft: Draft, section: DraftSection): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => sectionOf(name) === section))
}
