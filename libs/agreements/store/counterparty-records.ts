import type { Tx } from '#platform'
import type { CounterpartyKind } from '../rules/agreement.js'
import { CounterpartyParticipantRow, CounterpartyRow } from './entities.js'
import type { Party } from './negotiation-records.js'

/** Every counterparty, by name. */
export async function listCounterparties(tx: Tx): Promise<Party[]> {
  const rows: (Omit<Party, 'participants'> & { participants: string[] | null })[] = await tx.query(
    `SELECT c.id, c.name, c.kind, c.member_id AS "memberId",
       (SELECT array_agg(p.member_id ORDER BY p.member_id) FROM counterparty_participants p
        WHERE p.counterparty_id = c.id) AS participants
     FROM counterparties c ORDER BY c.name`,
  )
  return rows.map((row) => ({ ...row, participants: row.participants ?? [] }))
}

export async function insertCounterparty(
  tx: Tx,
  party: { id: string; name: string; kind: CounterpartyKind; memberId: string | null },
  participants: readonly string[],
): Promise<void> {
  await tx.getRepository(CounterpartyRow).insert(party)
  if (participants.length === 0) return
  await tx
    .getRepository(CounterpartyParticipantRow)
    .insert(participants.map((memberId) => ({ counterpartyId: party.id, memberId })))
}
