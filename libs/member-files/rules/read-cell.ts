import { addDays, type Day, isDay, isEmailAddress } from '#kernel'
import type { Field } from './columns.js'
import { folded } from './fold.js'
import type { Cell } from './header.js'
import { type KnownNeighbourhood, readNeighbourhoods } from './neighbourhoods.js'

/** What cells are held against: how the register writes identifiers, the buurten, the day of today. */
export interface ReadingTerms {
  readChamberNumber(typed: string): string | null
  readRsin(typed: string): string | null
  readPostalCode(typed: string): string | null
  readIban(typed: string): string | null
  neighbourhoods: readonly KnownNeighbourhood[]
  today: Day
}

/** What a cell may be found to lack; the texts stand in the catalogues under `finding.<code>`. */
export type CellCode =
  | 'cellError'
  | 'dayInstead'
  | 'notClearable'
  | 'tooLong'
  | 'number'
  | 'kind'
  | 'day'
  | 'dayTooFar'
  | 'legalForm'
  | 'chamberNumber'
  | 'rsin'
  | 'postalCode'
  | 'leadingZeroLost'
  | 'neighbourhoods'
  | 'neighbourhoodsAsNumber'
  | 'iban'
  | 'email'
  | 'phone'

export type ReadCell =
  | { is: 'empty' | 'cleared' }
  /** As the register writes it; buurten as their numbers, `1, 5`. */
  | { is: 'value'; value: string }
  | { is: 'wrong'; code: CellCode; params?: Record<string, string>; proposal?: string }

const LONGEST_LINE = 200
const EARLIEST: Day = '1900-01-01'

const wrong = (code: CellCode, params: Record<string, string> = {}, proposal?: string): ReadCell => ({
  is: 'wrong',
  code,
  params,
  ...(proposal !== undefined && { proposal }),
})
const value = (text: string | null, otherwise: () => ReadCell): ReadCell =>
  text === null ? otherwise() : { is: 'value', value: text }

/** Reads one cell. Empty says nothing; a dash takes away what the register holds. */
export function readCell(field: Field, cell: Cell, terms: ReadingTerms): ReadCell {
  const text = cleaned(cell.text)
  if (cell.kind === 'empty' || text === '') return { is: 'empty' }
  if (cell.kind === 'error') return wrong('cellError', { text })
  if (DASH.test(text)) return isClearable(field) ? { is: 'cleared' } : wrong('notClearable')
  if (cell.kind === 'day' && field !== 'since' && field !== 'from') return wrong('dayInstead')
  if (text.length > LONGEST_LINE) return wrong('tooLong', { max: String(LONGEST_LINE) })
  return readers[field](text, terms, cell)
}

/** One space where there was more, and without the apostrophe that keeps a text from being a formula. */
export function cleaned(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
}

/** The sign that takes away what the register holds. */
export const DASH = /^[-–—]$/

function isClearable(field: Field): boolean {
  return !['number', 'name', 'kind', 'since', 'from'].includes(field)
}

type Reader = (text: string, terms: ReadingTerms, cell: Cell) => ReadCell

const asTyped: Reader = (text) => ({ is: 'value', value: text })

const readers: Record<Field, Reader> = {
  number: (text) => value(/^0*([1-9]\d{0,8})$/.exec(text)?.[1] ?? null, () => wrong('number', { text })),
  name: asTyped,
  kind: (text) => value(kindWords.get(folded(text)) ?? null, () => wrong('kind', { text })),
  since: (text, terms) => readDay(text, terms),
  legalForm: (text) =>
    value(legalFormWords.get(folded(text).replaceAll(' ', '')) ?? null, () => wrong('legalForm', { text })),
  chamberNumber: (text, { readChamberNumber }) => identifier('chamberNumber', text, 8, readChamberNumber),
  rsin: (text, { readRsin }) => identifier('rsin', text, 9, readRsin),
  street: asTyped,
  postalCode: (text, { readPostalCode }) => value(readPostalCode(text), () => wrong('postalCode', { text })),
  city: asTyped,
  neighbourhoods: readBuurten,
  iban: (text, { readIban }) => value(readIban(text), () => wrong('iban', { text })),
  contactName: asTyped,
  contactEmail: (text) =>
    value(isEmailAddress(text) ? text.toLowerCase() : null, () => wrong('email', { text })),
  contactPhone: readPhone,
  from: (text, terms) => readDay(text, terms),
}

const kindWords = new Map(
  Object.entries({
    stemlid: 'voting',
    stem: 'voting',
    stemgerechtigd: 'voting',
    'voting member': 'voting',
    steunlid: 'supporting',
    steun: 'supporting',
    partner: 'supporting',
    'supporting member': 'supporting',
  }),
)

const legalFormWords = new Map(
  Object.entries({
    stichting: 'stichting',
    vereniging: 'vereniging',
    cooperatie: 'cooperatie',
    cooperatieua: 'cooperatie',
    coop: 'cooperatie',
    bv: 'bv',
    beslotenvennootschap: 'bv',
    kerk: 'kerk',
    kerkgenootschap: 'kerk',
    eenmanszaak: 'eenmanszaak',
    zzp: 'eenmanszaak',
    anders: 'anders',
    overig: 'anders',
  }),
)

/** `31-12-2019`, `1-2-2020` or `2019-12-31`; not earlier than a register can be, nor further than a year ahead. */
function readDay(text: string, { today }: ReadingTerms): ReadCell {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text) ?? []
  const day = y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  if (!isDay(day)) return wrong('day', { text })
  if (day < EARLIEST || day > addDays(today, 366)) return wrong('dayTooFar', { day })
  return { is: 'value', value: day }
}

/** A spreadsheet takes a number of digits for an amount and drops the zero in front. */
function identifier(
  code: 'chamberNumber' | 'rsin',
  text: string,
  digits: number,
  read: (typed: string) => string | null,
): ReadCell {
  const mended = /^\d+$/.test(text) && text.length === digits - 1 ? read(`0${text}`) : null
  return value(read(text), () =>
    mended ? wrong('leadingZeroLost', { text, proposal: mended }, mended) : wrong(code, { text }),
  )
}

function readPhone(text: string): ReadCell {
  const proposal = /^[1-9]\d{8}$/.test(text) ? `0${text}` : /^31\d{9}$/.test(text) ? `+${text}` : null
  if (proposal) return wrong('leadingZeroLost', { text, proposal }, proposal)
  const digits = text.replace(/\D/g, '').length
  const fits = /^\+?[\d\s()./-]+$/.test(text) && digits >= 8 && digits <= 15
  return value(fits ? text : null, () => wrong('phone', { text }))
}

/** `1,5` is taken for a number by a spreadsheet: the buurten 1 and 5. */
function readBuurten(text: string, { neighbourhoods }: ReadingTerms, { kind }: Cell): ReadCell {
  if (kind === 'number' && text.includes('.')) {
    const proposal = text.replace('.', ' / ')
    return wrong('neighbourhoodsAsNumber', { text: text.replace('.', ','), proposal }, proposal)
  }
  const read = readNeighbourhoods(text, neighbourhoods)
  return 'unknown' in read
    ? wrong('neighbourhoods', { text: read.unknown })
    : { is: 'value', value: read.numbers.join(', ') }
}
