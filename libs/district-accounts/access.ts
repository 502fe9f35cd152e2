import type { Agreement } from '#agreements'
import { RuleViolated } from '#kernel'
import { LEDGER_READERS } from '#ledger'
import type { Visitor } from '#platform'

/** Staff sees every wijk; treasurer and coordinator their own. */
export function maySee(visitor: Visitor, { counterparty }: Agreement): boolean {
  return visitor.has(...LEDGER_READERS) || isOwn(visitor, counterparty.id)
}

/** Who brings the wijk's own books in: its treasurer, or the controller for it. */
export function mayBringJournal(visitor: Visitor, { counterparty }: Agreement): boolean {
  return visitor.has('controller') || visitor.hasFor('treasurer', counterparty.id)
}

/** Whether the visitor keeps the purse of the wijk itself: then somebody else decides about its money. */
export function isOwn(visitor: Visitor, counterpartyId: string): boolean {
  return visitor.hasFor('treasurer', counterpartyId) || visitor.hasFor('coordinator', counterpartyId)
}

/** Nobody decides about the money of the own wijk. @throws RuleViolated `districtAccounts.ownWijk` */
export function refuseOwn(visitor: Visitor, { counterparty }: Agreement): void {
  if (isOwn(visitor, counterparty.id)) throw RuleViolated.of('districtAccounts.ownWijk')
}
