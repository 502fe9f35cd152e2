import type { Tx } from '#platform'
import type { Tally } from '../rules/verdict.js'

/** The poll that the room looks at, without any count of what was voted before the result was declared. */
export interface RoomPoll {
  id: string
  motionId: string
  position: number
  title: string
  question: string
  openedAt: Date
  closesAt: Date | null
  closedAt: Date | null
  method: 'digital' | 'paper'
  declared: {
    tally: Tally
    adopted: boolean
    reason: string
    year: number | null
    sequence: number | null
  } | null
}

/** The open poll, else the one that was opened last; of those that count. Null before the first. */
export async function readRoomPoll(tx: Tx, assemblyId: string): Promise<RoomPoll | null> {
  const [found]: (Omit<RoomPoll, 'declared'> & { declared: Tally | null } & Record<string, unknown>)[] =
    await tx.query(
      `SELECT p.id, p.motion_id AS "motionId", m.position, coalesce(am.title, m.title) AS title,
         coalesce(am.question, m.question) AS question, p.opened_at AS "openedAt",
         p.closes_at AS "closesAt", p.closed_at AS "closedAt", p.method,
         r.tally AS declared, r.adopted, r.reason, d.year, d.sequence
       FROM polls p JOIN motions m ON m.id = p.motion_id
       LEFT JOIN amendments am ON am.id = p.amendment_id
       LEFT JOIN poll_results r ON r.poll_id = p.id
       LEFT JOIN decisions d ON d.poll_id = p.id
       WHERE p.assembly_id = $1 AND p.voided_at IS NULL AND p.replaced_at IS NULL
       ORDER BY p.closed_at IS NULL DESC, p.opened_at DESC LIMIT 1`,
      [assemblyId],
    )
  if (!found) return null
  const { declared: tally, adopted, reason, year, sequence, ...poll } = found
  return { ...poll, declared: tally ? ({ tally, adopted, reason, year, sequence } as never) : null }
}

export async function assemblyOfPoll(tx: Tx, pollId: string): Promise<string | null> {
  const [found] = await tx.query('SELECT assembly_id AS id FROM polls WHERE id = $1', [pollId])
  return found?.id ?? null
}
