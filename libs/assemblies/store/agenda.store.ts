import type { Tx } from '#platform'
import type { ItemType } from '../rules/agenda.js'
import type { DecisionType } from '../rules/poll-rule.js'
import { AgendaItemRow } from './agenda.entities.js'

/** An item on an agenda; title and text of a motion come from the motion. */
export interface AgendaItem {
  id: string
  assemblyId: string
  position: number
  title: string
  explanation: string
  type: ItemType
  minutes: number
  motionId: string | null
  question: string | null
  /** What the motion would decide, with marks; null when that is the question alone. */
  text: string | null
  decisionType: DecisionType | null
  /** Another library wrote the motion, or a member or office proposed it: it is changed and withdrawn there. */
  authorises: boolean
  hasPoll: boolean
  hasAmendments: boolean
  requestId: string | null
  addedAt: Date
  convenedAt: Date | null
}

const ITEM = `SELECT i.id, i.assembly_id AS "assemblyId", i.position, coalesce(m.title, i.title) AS title,
    coalesce(m.explanation, i.explanation) AS explanation, i.type, i.minutes, i.motion_id AS "motionId", m.question,
    (SELECT t.text FROM motion_texts t WHERE t.motion_id = m.id ORDER BY t.number DESC LIMIT 1) AS text,
    m.decision_type AS "decisionType", (m.authorises_id IS NOT NULL OR m.proposer_member_id IS NOT NULL OR m.proposer_organ IS NOT NULL
      OR m.second_of IS NOT NULL) AS authorises,
    EXISTS (SELECT FROM polls p WHERE p.motion_id = m.id AND p.amendment_id IS NULL AND p.voided_at IS NULL
      AND p.replaced_at IS NULL) AS "hasPoll",
    EXISTS (SELECT FROM amendments am WHERE am.motion_id = m.id) AS "hasAmendments", i.request_id AS "requestId",
    i.added_at AS "addedAt", i.convened_at AS "convenedAt"
  FROM agenda_items i LEFT JOIN motions m ON m.id = i.motion_id WHERE i.removed_at IS NULL`

/** The agenda in order. */
export async function readItems(tx: Tx, assemblyId: string): Promise<AgendaItem[]> {
  return tx.query(`${ITEM} AND i.assembly_id = $1 ORDER BY i.position`, [assemblyId])
}

export async function findItem(tx: Tx, id: string): Promise<AgendaItem | null> {
  const [item] = await tx.query(`${ITEM} AND i.id = $1`, [id])
  return item ?? null
}

/** Puts an item without a motion last; the caller holds the assembly. */
export async function appendItem(
  tx: Tx,
  item: Pick<
    AgendaItemRow,
    'id' | 'assemblyId' | 'title' | 'explanation' | 'type' | 'minutes' | 'addedAt'
  > & {
    requestId?: string | null
    addedBy: string | null
  },
): Promise<void> {
  const [last] = await tx.query(
    'SELECT coalesce(max(position), 0)::int AS position FROM agenda_items WHERE assembly_id = $1',
    [item.assemblyId],
  )
  await tx.getRepository(AgendaItemRow).insert({ ...item, position: last.position + 1 })
}

export async function updateItem(
  tx: Tx,
  id: string,
  change: Partial<Pick<AgendaItemRow, 'title' | 'explanation' | 'type' | 'minutes' | 'requestId'>>,
): Promise<void> {
  await tx.getRepository(AgendaItemRow).update({ id }, change)
}

export async function updateMotion(
  tx: Tx,
  id: string,
  {
    title,
    explanation,
    question,
    decisionType,
  }: Record<'title' | 'explanation' | 'question' | 'decisionType', string>,
): Promise<void> {
  await tx.query(
    'UPDATE motions SET title = $2, explanation = $3, question = $4, decision_type = $5 WHERE id = $1',
    [id, title, explanation, question, decisionType],
  )
}

/** Takes an item without a motion off the agenda; its papers stay in the record. */
export async function markRemoved(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.getRepository(AgendaItemRow).update({ id }, { position: null, removedAt: at })
}

/** Numbers the items in this order, and their motions alike. */
export async function writeOrder(tx: Tx, assemblyId: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE agenda_items i SET position = o.place
     FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, place) WHERE i.id = o.id AND i.assembly_id = $1`,
    [assemblyId, ids],
  )
  // In two steps: the numbers of motions are unique at every moment.
  await tx.query('UPDATE motions SET position = -position WHERE assembly_id = $1', [assemblyId])
  await tx.query(
    'UPDATE motions m SET position = i.position FROM agenda_items i WHERE i.motion_id = m.id AND m.assembly_id = $1',
    [assemblyId],
  )
}

/** Raises the version of the agenda. */
export async function touchAgenda(tx: Tx, assemblyId: string): Promise<void> {
  await tx.query('UPDATE assemblies SET agenda_version = agenda_version + 1 WHERE id = $1', [assemblyId])
}

/** The items stand as they went out. */
export async function markConvened(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.query(
    'UPDATE agenda_items SET convened_at = $2 WHERE id = ANY($1::uuid[]) AND convened_at IS NULL',
    [ids, at],
  )
}
