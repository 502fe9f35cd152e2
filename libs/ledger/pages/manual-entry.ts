import { type Cents, isDay, RuleViolated, tryParseCents, type Violation } from '#kernel'
import { isId } from '#platform'
import type { Entry, EntryPosting } from '../rules/entry.js'
import type { NamedProject } from './ledger-words.js'

export const FIRST_LINES = 4
export const MOST_LINES = 40

/** What names in the form stand for. */
export interface EntryTerms {
  projects: readonly NamedProject[]
  /** Ids of members by their number. */
  members: ReadonlyMap<number, string>
}

/** How many lines the form shows: as many as were sent, with a few more when these were asked for. */
export function lineCount(typed: Record<string, string>): number {
  const sent = Object.keys(typed).flatMap((name) => /^rekening\.(\d{1,2})$/.exec(name)?.[1] ?? [])
  const shown = Math.max(FIRST_LINES, ...sent.map(Number))
  return Math.min(MOST_LINES, typed.actie === 'regels' ? shown + 4 : shown)
}

/** Debit and credit of what was typed so far; what is no amount counts for nothing. */
export function typedTotals(typed: Record<string, string>): { debitCents: Cents; creditCents: Cents } {
  const sum = (side: string) =>
    Object.entries(typed).reduce(
      (total, [name, text]) => (name.startsWith(`${side}.`) ? total + (tryParseCents(text) ?? 0n) : total),
      0n,
    )
  return { debitCents: sum('debet'), creditCents: sum('credit') }
}

/**
 * The entry that was typed. Lines with nothing in them are left out.
 * @throws RuleViolated with everything that is wrong, each at its field
 */
export function readManualEntry(typed: Record<string, string>, terms: EntryTerms, recordedBy: string): Entry {
  const violations: Violation[] = []
  const wrong = (path: string, code: string) => violations.push({ code, path })
  const { verzoek = '', dag = '' } = typed
  const description = (typed.omschrijving ?? '').trim()
  const document = (typed.stuk ?? '').trim()
  if (!isDay(dag)) wrong('dag', 'ledger.dayNeeded')
  if (description === '' || description.length > 200) wrong('omschrijving', 'ledger.descriptionNeeded')
  if (document === '' || document.length > 100) wrong('stuk', 'ledger.documentNeeded')
  const postings: EntryPosting[] = []
  for (let at = 1; at <= MOST_LINES; at++) {
    const line = readLine(typed, at, terms, wrong)
    if (line) postings.push(line)
  }
  if (violations.length > 0) throw new RuleViolated(violations)
  const difference = postings.reduce((sum, { cents }) => sum + cents, 0n)
  if (postings.length < 2) throw RuleViolated.of('ledger.tooFewPostings', {}, 'rekening.1')
  if (difference !== 0n)
    throw RuleViolated.of('ledger.notBalanced', { cents: difference.toString() }, 'debet.1')
  const idempotencyKey = `manual:${isId(verzoek) ? verzoek : ''}`
  if (idempotencyKey === 'manual:') throw RuleViolated.of('ledger.formExpired', {}, 'dag')
  return { idempotencyKey, onDay: dag, description, document, recordedBy, postings }
}

function readLine(
  typed: Record<string, string>,
  at: number,
  { projects, members }: EntryTerms,
  wrong: (path: string, code: string) => void,
): EntryPosting | null {
  const field = (name: string) => (typed[`${name}.${at}`] ?? '').trim()
  const [account, debit, credit, member] = [field('rekening'), field('debet'), field('credit'), field('lid')]
  if (account === '' && debit === '' && credit === '' && member === '') return null
  if (account === '') wrong(`rekening.${at}`, 'ledger.chooseAccount')
  const project = projects.find(({ slug }) => slug === field('project')) ?? projects[0]!
  const memberId = member === '' ? null : (members.get(Number(member)) ?? null)
  if (member !== '' && memberId === null) wrong(`lid.${at}`, 'ledger.unknownMember')
  const cents = readSides(debit, credit)
  if (typeof cents === 'string') {
    wrong(`${cents === 'ledger.creditMalformed' ? 'credit' : 'debet'}.${at}`, cents)
    return null
  }
  return { account, accountingDistrictId: project.id === 'central' ? null : project.id, memberId, cents }
}

/** A positive amount on one of both sides, or the code of what is wrong. */
function readSides(debit: string, credit: string): Cents | string {
  if ((debit === '') === (credit === '')) return 'ledger.oneSide'
  const cents = tryParseCents(debit || credit)
  if (cents === null || cents <= 0n) return debit ? 'ledger.debitMalformed' : 'ledger.creditMalformed'
  return debit ? cents : -cents
}
