import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Files, type StoredFile } from '#files'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { assemblyState } from '../rules/assembly-state.js'
import { findItem } from '../store/agenda.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import {
  findVersion,
  insertPaper,
  insertVersion,
  type PaperVersion,
  readVersions,
} from '../store/papers.store.js'
import { AssemblyPlanners } from './assembly-planners.service.js'

/** PDF, at most 10 MB. */
export const PAPER_RULES = { kinds: ['pdf'] as const, maxBytes: 10_000_000 }

/** A paper with its versions, the newest first. */
export interface Paper {
  id: string
  itemId: string
  title: string
  verbatim: boolean
  versions: { number: number; addedAt: Date; addedByName: string; file: StoredFile }[]
}

/** The papers with the agenda. A new version never replaces an older one. */
@Injectable()
export class Papers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(People) private readonly people: People,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
  ) {}

  /** The papers with each of these items. */
  async of(itemIds: readonly string[], tx: Tx = this.database.read): Promise<Map<string, Paper[]>> {
    const versions = await readVersions(tx, itemIds)
    const files = await this.files.about(
      versions.map(({ fileId }) => fileId),
      tx,
    )
    const people = await this.people.named([...new Set(versions.map(({ addedBy }) => addedBy))], tx)
    const papers = new Map<string, Paper>()
    for (const { paperId, itemId, title, verbatim, number, fileId, addedAt, addedBy } of versions) {
      const paper = papers.get(paperId) ?? { id: paperId, itemId, title, verbatim, versions: [] }
      const addedByName = people.get(addedBy)?.name ?? '?'
      paper.versions.push({ number, addedAt, addedByName, file: files.get(fileId)! })
      papers.set(paperId, paper)
    }
    const byItem = new Map<string, Paper[]>()
    for (const paper of papers.values())
      byItem.set(paper.itemId, [...(byItem.get(paper.itemId) ?? []), paper])
    return byItem
  }

  /**
   * Adds a paper to an item, or a new version of one. The same file again as the newest version adds nothing.
   * @throws NotFoundException, RuleViolated `assembly.notYours`, `assembly.ended`, `assembly.cancelled`, and what
   * is wrong with the file
   */
  async add(
    assemblyId: string,
    itemId: string,
    paper: { id: string | null; title: string; verbatim: boolean },
    upload: Upload,
    visitor: Visitor,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      await this.planners.check(visitor, assembly.requestId, tx)
      await this.attach(tx, assemblyId, itemId, paper, upload, visitor.personId)
    })
  }

  /**
   * The same in the transaction of another library that put the item there; that decides who may.
   * @throws NotFoundException, RuleViolated `assembly.ended`, `assembly.cancelled`, and what is wrong with the file
   */
  async attach(
    tx: Tx,
    assemblyId: string,
    itemId: string,
    paper: { id: string | null; title: string; verbatim: boolean },
    upload: Upload,
    by: string,
  ): Promise<void> {
    const assembly = await lockAssembly(tx, assemblyId, 'change')
    const item = assembly && (await findItem(tx, itemId))
    if (item?.assemblyId !== assemblyId) throw new NotFoundException()
    const state = assemblyState(assembly!, this.clock.now())
    if (state === 'ended' || state === 'cancelled') throw RuleViolated.of(`assembly.${state}`)

    const versions = await readVersions(tx, [itemId])
    const known = paper.id
      ? versions.find(({ paperId }) => paperId === paper.id)
      : sameTitle(versions, paper.title)
    if (paper.id && !known) throw new NotFoundException()
    if (known && (await this.isSame(tx, known, upload))) return
    const at = this.clock.now()
    const file = await this.files.keep(tx, upload, PAPER_RULES, by)
    const paperId = known?.paperId ?? this.ids.next()
    if (!known) await insertPaper(tx, { ...paper, id: paperId, itemId, addedAt: at })
    const number = (known?.number ?? 0) + 1
    await insertVersion(tx, { paperId, number, fileId: file.id, addedAt: at, addedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: 'agenda.paperAdded',
      subject: { kind: 'assembly', id: assemblyId },
      details: { item: itemId, paper: paperId, version: number, name: file.name, sha256: file.sha256 },
    })
  }

  /** One version with its content; null when there is none. */
  async read(
    assemblyId: string,
    paperId: string,
    number: number,
  ): Promise<(StoredFile & { content: Buffer; addedAt: Date }) | null> {
    const version = await findVersion(this.database.read, assemblyId, paperId, number)
    const file = version && (await this.files.read(version.fileId))
    return file && { ...file, addedAt: version.addedAt }
  }

  private async isSame(tx: Tx, newest: PaperVersion, upload: Upload): Promise<boolean> {
    const file = (await this.files.about([newest.fileId], tx)).get(newest.fileId)
    return file?.sha256 === sha256Bytes(upload.content)
  }
}

/** A paper with this title is there: what comes is a version of it, not another paper of the same name. */
function sameTitle(versions: readonly PaperVersion[], title: string): PaperVersion | undefined {
  return versions.find((version) => version.title.toLowerCase() === title.toLowerCase())
}
