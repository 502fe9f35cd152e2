import type { INestApplicationContext } from '@nestjs/common'
import { GuaranteeRecords } from '#guarantees'
import { Database } from '#platform'

/** Members of the demo that also stand surety in tests about calls, by number: nothing of theirs was paid in. */
export const EXTRA_PLEDGES: ReadonlyMap<number, bigint> = new Map([
  [5, 3_000_000n],
  [6, 2_000_000n],
  [7, 1_000_000n],
])

/** Besides the € 500,000 of the demo, of which the founders paid in € 20,000: € 60,000 of three members. */
export async function addPledges(app: INestApplicationContext): Promise<Map<number, string>> {
  const ids = new Map<number, string>()
  await app.get(Database).transaction(async (tx) => {
    for (const [number, cents] of EXTRA_PLEDGES) {
      const [{ id }] = await tx.query('SELECT id FROM members WHERE number = $1', [number])
      ids.set(number, id)
      await app.get(GuaranteeRecords).recordMovement(tx, {
        ...{ memberId: id, type: 'accepted', cents, onDay: '2019-06-01', document: 'Proef', by: null },
      })
    }
  })
  return ids
}
