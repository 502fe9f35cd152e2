import { type Cents, type Day, isDay, Quarter } from '#kernel'

/** A line of a wijk's own books: debit positive, credit negative. */
export interface JournalLine {
  onDay: Day
  /** The wijk's own account, as its books call it. */
  account: string
  accountName: string
  description: string
  document: string
  cents: Cents
}

/** An account that occurs in a journal. */
export interface JournalAccount {
  account: string
  name: string
  /** What stands on it has to do with possessions and debts (XAF says so); null when the file does not tell. */
  isBalance: boolean | null
  cents: Cents
  lines: number
}

/** What is wrong with a place in a file; `place` is a cell (`C4`) or a line (`Mutatie 12`). */
export interface JournalFinding {
  place: string
  code: string
  params: Record<string, string>
}

/** What came out of a file. Findings that `stop` are to be mended in the file; the others are only said. */
export interface ReadJournal {
  lines: JournalLine[]
  balanceAccounts: ReadonlySet<string>
  findings: JournalFinding[]
}

export const journalFormats = ['csv', 'xaf'] as const
export type JournalFormat = (typeof journalFormats)[number]

/** What kind of file it is, by how its content begins: an audit file is XML, anything else is a sheet. */
export function journalFormatOf(start: string): JournalFormat {
  return /^(\ufeff|\s)*</.test(start) ? 'xaf' : 'csv'
}

/** Longer texts are cut off: they are only there to find an invoice by. */
export const LONGEST_TEXT = 200
export const LONGEST_ACCOUNT = 35
export const MOST_LINES = 20_000

export const cut = (text: string, most = LONGEST_TEXT): string =>
  [...text.replace(/[\p{Cc}\p{Surrogate}]+/gu, ' ').trim()].slice(0, most).join('')

/** The lines from 1 January through the end of a quarter, and those that fall outside it. */
export function withinYear(
  lines: readonly JournalLine[],
  through: Quarter,
): { within: JournalLine[]; outside: JournalLine[] } {
  const first = `${String(through.year).padStart(4, '0')}-01-01`
  const holds = ({ onDay }: JournalLine) => onDay >= first && onDay <= through.lastDay()
  return { within: lines.filter(holds), outside: lines.filter((line) => !holds(line)) }
}

/** The accounts of a journal in the order of their codes. */
export function accountsOf(
  lines: readonly JournalLine[],
  balanceAccounts: ReadonlySet<string>,
  format: JournalFormat,
): JournalAccount[] {
  const found = new Map<string, JournalAccount>()
  for (const { account, accountName, cents } of lines) {
    const isBalance = format === 'xaf' ? balanceAccounts.has(account) : null
    const known = found.get(account) ?? { account, name: accountName, isBalance, cents: 0n, lines: 0 }
    found.set(account, {
      ...known,
      name: known.name || accountName,
      cents: known.cents + cents,
      lines: known.lines + 1,
    })
  }
  return [...found.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
}

/** To which line of the agreement each account belongs; null is: not to this subsidy. */
export type Mapping = ReadonlyMap<string, string | null>

/** What was spent since 1 January at the end of each quarter through a last one, per line of the agreement. */
export function spentPerQuarter(
  lines: readonly Pick<JournalLine, 'onDay' | 'account' | 'cents'>[],
  mapping: Mapping,
  through: Quarter,
): Map<string, Map<string, Cents>> {
  const quarters: Quarter[] = []
  for (let quarter = firstOf(through); quarter.compare(through) <= 0; quarter = quarter.next())
    quarters.push(quarter)
  return new Map(
    quarters.map((quarter) => {
      const sums = new Map<string, Cents>()
      for (const { onDay, account, cents } of lines) {
        const line = mapping.get(account)
        if (line && onDay <= quarter.lastDay()) sums.set(line, (sums.get(line) ?? 0n) + cents)
      }
      return [quarter.toString(), sums]
    }),
  )
}

/** What was spent per line of the agreement through a day, by the lines of a journal that was kept. */
export function spentThrough(
  lines: readonly { onDay: Day; lineId: string | null; cents: Cents }[],
  day: Day,
): Map<string, Cents> {
  const sums = new Map<string, Cents>()
  for (const { onDay, lineId, cents } of lines)
    if (lineId && onDay <= day) sums.set(lineId, (sums.get(lineId) ?? 0n) + cents)
  return sums
}

/** Lines that a journal has more than the one before it: for what was entered in a quarter already approved. */
export function addedSince(
  lines: readonly JournalLine[],
  before: readonly JournalLine[],
  until: Day,
): JournalLine[] {
  const counted = new Map<string, number>()
  const key = ({ onDay, account, document, description, cents }: JournalLine) =>
    JSON.stringify([onDay, account, document, description, cents.toString()])
  for (const line of before) counted.set(key(line), (counted.get(key(line)) ?? 0) + 1)
  return lines.filter((line) => {
    if (line.onDay > until) return false
    const left = counted.get(key(line)) ?? 0
    counted.set(key(line), left - 1)
    return left <= 0
  })
}

/** A day as books write it: `2019-03-31`, `31-03-2019` or `31/3/2019`. */
export function readDay(text: string): Day | null {
  if (isDay(text)) return text
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  if (!match) return null
  const day = `${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}`
  return isDay(day) ? day : null
}

const firstOf = ({ year }: Quarter) => Quarter.parse(`${String(year).padStart(4, '0')}-Q1`)
