import type { MemberDetails, MemberOnDay } from '#members'
import { dayInDigits } from '#platform'
import { writeCsv, writeXlsx } from '#sheets'
import { type Field, fields, headers } from '../rules/columns.js'
import { type BuurtNames, buurtList, kindNames, legalFormNames } from './sheet-words.js'

/** What an export is made from. */
export interface ExportSources {
  members: readonly MemberOnDay[]
  details: ReadonlyMap<string, MemberDetails>
  /** The names of the wijken of a list of buurten. */
  wijkenOf(neighbourhoods: readonly number[]): string
  buurten: BuurtNames
  /** What a status is called; nothing for an ordinary member. */
  statusNames: Record<string, string>
}

interface Column {
  header: string
  width: number
  kind: 'text' | 'day' | 'number'
  value(member: MemberOnDay, details: MemberDetails, sources: ExportSources): string | number | null
}

const text = (header: string, width: number, value: Column['value']): Column => ({
  header,
  width,
  kind: 'text',
  value,
})

/** The columns of the template, so that an import reads an export. Without the day of a change: none is asked. */
const ofField: Record<Exclude<Field, 'from'>, Column> = {
  number: { header: headers.number, width: 12, kind: 'number', value: ({ number }) => number },
  name: text(headers.name, 40, ({ name }) => name),
  kind: text(headers.kind, 12, ({ kind }) => (kind ? (kindNames[kind] ?? null) : null)),
  since: { header: headers.since, width: 12, kind: 'day', value: ({ since }) => since },
  legalForm: text(headers.legalForm, 16, (_, { legalForm }) =>
    legalForm ? legalFormNames[legalForm]! : null,
  ),
  chamberNumber: text(headers.chamberNumber, 14, (_, { chamberNumber }) => chamberNumber),
  rsin: text(headers.rsin, 12, (_, { rsin }) => rsin),
  street: text(headers.street, 28, (_, { street }) => street),
  postalCode: text(headers.postalCode, 12, (_, { postalCode }) => postalCode),
  city: text(headers.city, 16, (_, { city }) => city),
  neighbourhoods: text(headers.neighbourhoods, 30, (_, { neighbourhoods }, { buurten }) =>
    buurtList(neighbourhoods, buurten),
  ),
  iban: text(headers.iban, 22, (_, { iban }) => iban),
  contactName: text(headers.contactName, 24, (_, { contactName }) => contactName),
  contactEmail: text(headers.contactEmail, 28, (_, { contactEmail }) => contactEmail),
  contactPhone: text(headers.contactPhone, 18, (_, { contactPhone }) => contactPhone),
}
const wijk = text('Wijk', 24, ({ neighbourhoods }, _, { wijkenOf }) => wijkenOf(neighbourhoods))
const status = text('Status', 14, ({ status }, _, { statusNames }) => statusNames[status] ?? '')

const all = fields.filter((field) => field !== 'from').map((field) => ofField[field])
/** Those who keep the register get everything; everyone else what the public list shows: nothing of persons. */
export const staffColumns: readonly Column[] = [...all, wijk, status]
export const publicColumns: readonly Column[] = [
  ...[ofField.number, ofField.name, ofField.kind, wijk, ofField.since, status],
]

function valuesOf(columns: readonly Column[], sources: ExportSources) {
  return sources.members.map((member) => {
    const details = sources.details.get(member.id)!
    return columns.map(({ value }) => value(member, details, sources))
  })
}

/** The list as a workbook. */
export function exportXlsx(
  name: string,
  columns: readonly Column[],
  sources: ExportSources,
): Promise<Buffer> {
  return writeXlsx([{ name, columns, rows: valuesOf(columns, sources) }])
}

/** The list as CSV; days as people in the Netherlands write them. */
export function exportCsv(columns: readonly Column[], sources: ExportSources): Buffer {
  const rows = valuesOf(columns, sources).map((row) =>
    row.map((value, at) => (columns[at]!.kind === 'day' && value ? dayInDigits(String(value)) : value)),
  )
  return writeCsv([columns.map(({ header }) => header), ...rows])
}
