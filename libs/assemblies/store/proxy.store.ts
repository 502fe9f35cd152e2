import type { Tx } from '#platform'
import type { MemberProxy, ProxyEventType } from '../rules/proxies.js'
import { ProxyRow } from './hall.entities.js'

/** A proxy with all that the pages show of it. */
export interface ProxyRecord extends MemberProxy {
  assemblyId: string
  instruction: string
  byLetter: boolean
  fileId: string | null
  events: { type: ProxyEventType; at: Date }[]
}

const SELECT = `SELECT p.id, p.assembly_id AS "assemblyId", p.principal_id AS "principalId",
    p.holder_id AS "holderId", p.instruction, p.by_letter AS "byLetter", p.file_id AS "fileId",
    p.granted_at AS "grantedAt", e.events
  FROM proxies p
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('type', type, 'at', at) ORDER BY sequence), '[]') AS events
    FROM proxy_events WHERE proxy_id = p.id) e`

/** JSON has no moments: it has texts of them. */
const withMoments = (rows: ProxyRecord[]): ProxyRecord[] =>
  rows.map((row) => ({ ...row, events: row.events.map(({ type, at }) => ({ type, at: new Date(at) })) }))

/** Every proxy of an assembly, also those that ended, in the order in which they were granted. */
export async function readProxies(tx: Tx, assemblyId: string): Promise<ProxyRecord[]> {
  return withMoments(
    await tx.query(`${SELECT} WHERE p.assembly_id = $1 ORDER BY p.granted_at, p.id`, [assemblyId]),
  )
}

export async function findProxy(tx: Tx, id: string): Promise<ProxyRecord | null> {
  return withMoments(await tx.query(`${SELECT} WHERE p.id = $1`, [id]))[0] ?? null
}

export async function insertProxy(tx: Tx, proxy: Omit<ProxyRow, 'assembly'>): Promise<void> {
  await tx.getRepository(ProxyRow).insert(proxy)
}

export async function insertProxyEvent(
  tx: Tx,
  event: { proxyId: string; type: ProxyEventType; at: Date; recordedBy: string },
): Promise<void> {
  await tx.query('INSERT INTO proxy_events (proxy_id, type, at, recorded_by) VALUES ($1, $2, $3, $4)', [
    event.proxyId,
    event.type,
    event.at,
    event.recordedBy,
  ])
}
