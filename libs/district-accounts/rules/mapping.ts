import type { Violation } from '#kernel'
import type { JournalAccount, Mapping } from './journal.js'

/** A line of the agreement that accounts can belong to. */
export interface AgreedLine {
  id: string
  label: string
}

/** Whether somebody said where an account belongs, and that is still a line of the agreement. */
export function isMapped(said: Mapping, lines: readonly AgreedLine[], account: string): boolean {
  if (!said.has(account)) return false
  const line = said.get(account)
  return line === null || lines.some(({ id }) => id === line)
}

/** What was said of accounts, else what the kind or the name of an account suggests. */
export function suggestedMapping(
  accounts: readonly JournalAccount[],
  lines: readonly AgreedLine[],
  said: Mapping,
): Map<string, string | null> {
  return new Map(
    accounts.flatMap(({ account, name, isBalance }): [string, string | null][] => {
      if (isMapped(said, lines, account)) return [[account, said.get(account)!]]
      if (isBalance) return [[account, null]]
      const line = lines.find(({ id, label }) => folded(label) === folded(name) || id === folded(name))
      return line ? [[account, line.id]] : []
    }),
  )
}

/** Why accounts can't belong where somebody says that they do; an empty list when they can. */
export function checkMapping(given: Mapping, lines: readonly AgreedLine[]): Violation[] {
  const isUnknown = [...given.values()].some((line) => line !== null && !lines.some(({ id }) => id === line))
  return isUnknown ? [{ code: 'districtAccounts.unknownLine' }] : []
}

/** What is said that was not said before. */
export function newlySaid(given: Mapping, said: Mapping): { account: string; lineId: string | null }[] {
  return [...given].flatMap(([account, lineId]) =>
    said.has(account) && said.get(account) === lineId ? [] : [{ account, lineId }],
  )
}

const folded = (text: string) => text.trim().toLowerCase()
