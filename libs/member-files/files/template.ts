import { writeCsv, writeXlsx } from '#sheets'
import { type Field, fields, headers } from '../rules/columns.js'
import { EXAMPLE_NUMBER } from '../rules/read-rows.js'
import { kindNames, legalFormNames } from './sheet-words.js'

/** The example: an import knows it by its number and leaves it out. */
const example: Record<Field, string> = {
  number: EXAMPLE_NUMBER,
  name: 'Buurthuis De Zon',
  kind: 'Stemlid',
  since: '2020-01-01',
  legalForm: 'Stichting',
  chamberNumber: '01234567',
  rsin: '',
  street: 'Zonstraat 1',
  postalCode: '3512 AB',
  city: 'Utrecht',
  neighbourhoods: 'Binnenstad / Zuilen',
  iban: 'NL91 ABNA 0417 1643 00',
  contactName: 'Vul een naam in',
  contactEmail: 'contact@example.org',
  contactPhone: '030 123 45 67',
  from: '',
}

const WIDE: readonly Field[] = ['name', 'street', 'neighbourhoods', 'iban', 'contactName', 'contactEmail']
const isDay = (field: Field) => field === 'since' || field === 'from'

/** The workbook to fill in: columns of a kind, lists to choose from, an example and an explanation. */
export function templateXlsx(buurten: readonly string[], explanation: string): Promise<Buffer> {
  const lists: Partial<Record<Field, string[]>> = {
    kind: Object.values(kindNames),
    legalForm: Object.values(legalFormNames),
  }
  const columns = fields.map((field) => ({
    header: headers[field],
    width: WIDE.includes(field) ? 30 : 16,
    kind: isDay(field) ? ('day' as const) : ('text' as const),
    ...(lists[field] && { list: lists[field] }),
  }))
  return writeXlsx(
    [
      { name: 'Leden', columns, rows: [fields.map((field) => example[field])], note: explanation },
      {
        name: 'Buurten',
        columns: [{ header: 'Naam van de buurt', width: 70 }],
        rows: buurten.map((name) => [name]),
      },
    ],
    { notesName: 'Uitleg' },
  )
}

/** The same as CSV: heads and the example. */
export function templateCsv(): Buffer {
  return writeCsv([fields.map((field) => headers[field]), fields.map((field) => example[field])])
}
