import type { Cents, Violation } from '#kernel'
import type { OpenItem } from './open-item.js'

/** Which part of a line is for an item. */
export interface MatchPart {
  kind: string
  itemId: string
  /** Signed as the line. */
  cents: Cents
}

/**
 * Whether parts of a line can go to these items: something is proposed, each part has the sign of the line, none is
 * more than its item expects or than the line still has, and nothing goes twice to one item.
 * @param openCents what of the line is not settled yet
 * @param settled items that this line was used for before
 */
export function checkParts(
  openCents: Cents,
  parts: readonly MatchPart[],
  items: readonly OpenItem[],
  settled: readonly { kind: string; itemId: string }[] = [],
): Violation[] {
  if (openCents === 0n) return [{ code: 'bank.lineSettled' }]
  if (parts.length === 0) return [{ code: 'bank.noParts' }]
  const seen = new Set(settled.map(({ kind, itemId }) => `${kind}.${itemId}`))
  for (const part of parts) {
    const key = `${part.kind}.${part.itemId}`
    const path = `deel.${key}`
    const item = items.find(({ kind, id }) => kind === part.kind && id === part.itemId)
    if (!item) return [{ code: 'bank.itemGone', path }]
    if (seen.size === seen.add(key).size) return [{ code: 'bank.itemTwice', path }]
    if (part.cents === 0n || part.cents > 0n !== openCents > 0n) return [{ code: 'bank.partSign', path }]
    if (size(part.cents) > size(item.cents)) return [{ code: 'bank.partOverItem', path }]
    if (item.whole && part.cents !== item.cents) return [{ code: 'bank.partOfWhole', path }]
  }
  const total = parts.reduce((sum, { cents }) => sum + cents, 0n)
  return size(total) > size(openCents)
    ? [{ code: 'bank.partsOverLine', path: `deel.${parts[0]!.kind}.${parts[0]!.itemId}` }]
    : []
}

/** Who may confirm what somebody proposed about a line: not who proposed it, and not who brought the line in. */
export function checkConfirmer(
  personId: string,
  proposal: { proposedBy: string },
  line: { enteredBy: string | null },
): Violation[] {
  if (proposal.proposedBy === personId) return [{ code: 'bank.ownProposal' }]
  if (line.enteredBy === personId) return [{ code: 'bank.ownLine' }]
  return []
}

const size = (cents: Cents) => (cents < 0n ? -cents : cents)
