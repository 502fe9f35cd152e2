import type { Tx } from '#platform'
import { AgendaPaperRow, AgendaPaperVersionRow } from './agenda.entities.js'

/** One version of a paper, without what is known of its file. */
export interface PaperVersion {
  paperId: string
  itemId: string
  title: string
  verbatim: boolean
  number: number
  fileId: string
  addedAt: Date
  addedBy: string
}

const VERSION = `SELECT p.id AS "paperId", p.item_id AS "itemId", p.title, p.verbatim, v.number, v.file_id AS "fileId",
    v.added_at AS "addedAt", v.added_by AS "addedBy"
  FROM agenda_papers p JOIN agenda_paper_versions v ON v.paper_id = p.id`

/** Every version of every paper with these items: by paper as they came, the newest version first. */
export async function readVersions(tx: Tx, itemIds: readonly string[]): Promise<PaperVersion[]> {
  return tx.query(`${VERSION} WHERE p.item_id = ANY($1::uuid[]) ORDER BY p.added_at, p.id, v.number DESC`, [
    itemIds,
  ])
}

/** One version of a paper of an assembly, also of an item that was taken off later. */
export async function findVersion(
  tx: Tx,
  assemblyId: string,
  paperId: string,
  number: number,
): Promise<PaperVersion | null> {
  const [found] = await tx.query(
    `${VERSION} JOIN agenda_items i ON i.id = p.item_id
     WHERE i.assembly_id = $1 AND p.id = $2 AND v.number = $3`,
    [assemblyId, paperId, number],
  )
  return found ?? null
}

export async function insertPaper(
  tx: Tx,
  paper: Pick<AgendaPaperRow, 'id' | 'itemId' | 'title' | 'verbatim' | 'addedAt'>,
): Promise<void> {
  await tx.getRepository(AgendaPaperRow).insert(paper)
}

export async function insertVersion(
  tx: Tx,
  version: Pick<AgendaPaperVersionRow, 'paperId' | 'number' | 'fileId' | 'addedAt' | 'addedBy'>,
): Promise<void> {
  await tx.getRepository(AgendaPaperVersionRow).insert(version)
}
