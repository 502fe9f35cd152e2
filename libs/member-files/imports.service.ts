import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import {
  Audit,
  Clock,
  Database,
  type Happening,
  Ids,
  type Task,
  type Tx,
  type Upload,
  type Visitor,
} from '#platform'
import { readSheets, type Sheet } from '#sheets'
import { Planning } from './planning.service.js'
import { type Grid, readHeader } from './rules/header.js'
import { countRows, type ImportState, importState, mayConfirm, sensitiveRows } from './rules/import-state.js'
import {
  type ImportRecord,
  importOfRequest,
  insertImport,
  insertPlan,
  insertStep,
  lockImports,
  readGrid,
  readImport,
  readLastPlan,
  readLatestImports,
  type StoredPlan,
} from './store/import-records.js'

/** More rows than that are better brought in as several files. */
const MOST_ROWS = 10_000

/** An import with where it stands, and the plan that was shown last (null once its content was removed). */
export interface ShownImport extends ImportRecord {
  state: ImportState
  plan: StoredPlan | null
}

/** Imports of the member register up to the point where they can be carried out. */
@Injectable()
export class MemberImports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Planning) private readonly planning: Planning,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Takes a file and works out what it would do. Safe to repeat: one request key makes one import.
   * @returns the id of the import
   * @throws RuleViolated `sheet.*`, `import.noHeader`, `import.columnTwice`, `import.columnsMissing`, `import.noRows`
   */
  async upload(
    visitor: Visitor,
    { file, effectiveOn, requestKey }: { file: Upload; effectiveOn: Day; requestKey: string },
  ): Promise<string> {
    const before = await importOfRequest(this.database.read, requestKey)
    if (before) return before
    const grid = chooseSheet(await readSheets(file, { rows: MOST_ROWS }))
    return this.database.transaction(async (tx) => {
      await lockImports(tx)
      const meanwhile = await importOfRequest(tx, requestKey)
      if (meanwhile) return meanwhile
      const id = this.ids.next()
      const about: ImportRecord = {
        id,
        reference: `IM-${this.clock.today().slice(0, 4)}-${id.slice(-8).toUpperCase()}`,
        name: file.name,
        bytes: file.content.length,
        sha256: createHash('sha256').update(file.content).digest('hex'),
        effectiveOn,
        uploadedBy: visitor.personId,
        uploadedAt: this.clock.now(),
        steps: [],
      }
      const made = await this.planning.make(tx, grid, {}, effectiveOn)
      await insertImport(tx, { ...about, requestKey }, file.content, grid)
      await this.preview(tx, about, { ...made, revision: 1, corrections: {} }, visitor, false)
      return id
    })
  }

  /** An import as it was shown last; null when there is none. */
  async find(id: string, tx: Tx = this.database.read): Promise<ShownImport | null> {
    const record = await readImport(tx, id)
    return record && { ...record, state: stateOf(record), plan: await readLastPlan(tx, id) }
  }

  /** The latest imports with where they stand. */
  async latest(most = 20): Promise<Omit<ShownImport, 'plan'>[]> {
    const records = await readLatestImports(this.database.read, most)
    return records.map((record) => ({ ...record, state: stateOf(record) }))
  }

  /**
   * Puts what was typed in the place of cells and works the plan out again, with the register as it is now.
   * Safe to repeat: what changes nothing makes no new plan.
   * @param typed by cell, `row:column`; cells that the file does not have are left out
   */
  async correct(visitor: Visitor, id: string, typed: Record<string, string>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { record, shown, grid } = await this.open(tx, id)
      const { columns, at } = readHeader(grid)
      const known = new Set(columns.values())
      const isOurs = (place: string) => {
        const [row = 0, column = -1] = place.split(':').map(Number)
        return row > at + 1 && row <= grid.length && known.has(column)
      }
      const fresh = Object.entries(typed).filter(([place]) => isOurs(place))
      const corrections = { ...shown.corrections, ...Object.fromEntries(fresh) }
      const corrected = fresh.some(([place, text]) => shown.corrections[place] !== text)
      const made = await this.planning.make(tx, grid, corrections, record.effectiveOn)
      if (!corrected && made.planHash === shown.planHash) return
      await this.preview(
        tx,
        record,
        { ...made, revision: shown.revision + 1, corrections },
        visitor,
        corrected,
      )
    })
  }

  /**
   * A second person confirms what is sensitive in the plan that was shown. A repeat changes nothing.
   * @throws RuleViolated `import.previewChanged`, `import.ownImport`, `import.sensitiveStaffOnly`, `import.ended`
   */
  async confirm(visitor: Visitor, id: string, planHash: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { record, shown } = await this.open(tx, id)
      if (shown.planHash !== planHash) throw RuleViolated.of('import.previewChanged')
      if (stateOf(record) !== 'awaitingConfirmation') return
      if (!maySeeToSensitive(visitor)) throw RuleViolated.of('import.sensitiveStaffOnly')
      if (!mayConfirm(record.steps, visitor.personId)) throw RuleViolated.of('import.ownImport')
      await this.step(tx, record, 'confirmed', shown, visitor)
    })
  }

  /** Closes an import without carrying it out. A repeat changes nothing. @throws RuleViolated `import.committed` */
  async withdraw(visitor: Visitor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockImports(tx)
      const found = await this.find(id, tx)
      if (!found || found.state === 'withdrawn') return
      if (found.state === 'committed') throw RuleViolated.of('import.committed')
      await this.step(tx, found, 'withdrawn', found.plan!, visitor)
    })
  }

  /** The cells of a file and the plan that was shown last; null when they were removed. */
  async contents(id: string): Promise<{ grid: Grid; plan: StoredPlan } | null> {
    const [grid, plan] = [await readGrid(this.database.read, id), await readLastPlan(this.database.read, id)]
    return grid && plan && { grid, plan }
  }

  /** Imports of others with sensitive changes, for who may confirm them. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!maySeeToSensitive(visitor)) return []
    const waiting = (await this.latest()).filter(({ state }) => state === 'awaitingConfirmation')
    return waiting
      .filter(({ steps }) => mayConfirm(steps, visitor.personId))
      .map(({ id, name, reference }) => ({
        key: 'member-files.tasks.confirm',
        values: { name, reference },
        href: `/leden/import/${id}`,
        dueOn: null,
        openNow: false,
      }))
  }

  /** What was imported, for those who may import. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('serviceTeam', 'director', 'admin')) return []
    return (await this.latest()).flatMap(({ id, name, steps }) => {
      const { type, at, counts } = steps.at(-1)!
      if (type !== 'committed') return []
      const values = { name, new: String(counts.new), changed: String(counts.changed) }
      return [{ key: 'member-files.happenings.committed', values, href: `/leden/import/${id}`, at }]
    })
  }

  /** An import in which something can still be done, with what is needed for it. Under the lock of imports. */
  private async open(tx: Tx, id: string): Promise<{ record: ImportRecord; shown: StoredPlan; grid: Grid }> {
    await lockImports(tx)
    const record = await readImport(tx, id)
    const [shown, grid] = [await readLastPlan(tx, id), await readGrid(tx, id)]
    if (!record || !shown || !grid || hasEnded(record)) throw RuleViolated.of('import.ended')
    return { record, shown, grid }
  }

  private async preview(
    tx: Tx,
    record: ImportRecord,
    { rows, findings, unknown, planHash, revision, corrections }: StoredPlan,
    visitor: Visitor,
    corrected: boolean,
  ): Promise<void> {
    const plan = { rows, findings, unknown, planHash, revision, corrections }
    await insertPlan(tx, record.id, plan)
    await this.step(tx, record, 'previewed', plan, visitor, corrected)
  }

  private async step(
    tx: Tx,
    { id, reference, name, sha256 }: ImportRecord,
    type: 'previewed' | 'confirmed' | 'withdrawn',
    plan: StoredPlan,
    visitor: Visitor,
    corrected = false,
  ): Promise<void> {
    const counts = countRows(plan)
    const { planHash } = plan
    const sensitive = sensitiveRows(plan).length
    await insertStep(tx, id, {
      ...{ type, planHash, corrected, counts, sensitive, firstNumber: null },
      by: visitor.personId,
      at: this.clock.now(),
    })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `memberImport.${type}`,
      subject: { kind: 'memberImport', id },
      details: { reference, name, sha256, planHash, counts },
    })
  }
}

/** Who may see to changes of IBAN, name and e-mail address of the contact by import. */
export function maySeeToSensitive(visitor: Visitor): boolean {
  return visitor.has('serviceTeam', 'director')
}

export function stateOf({ steps }: ImportRecord): ImportState {
  const { counts, sensitive } = steps.findLast(({ type }) => type === 'previewed')!
  return importState(steps, counts, sensitive)
}

export function hasEnded(record: ImportRecord): boolean {
  return ['committed', 'withdrawn'].includes(stateOf(record))
}

/** The first sheet with a row of heads. */
function chooseSheet(sheets: readonly Sheet[]): Grid {
  let refused: unknown = RuleViolated.of('import.noHeader')
  for (const { rows } of sheets) {
    try {
      readHeader(rows)
      return rows
    } catch (error) {
      const isNone = error instanceof RuleViolated && error.violations[0]?.code === 'import.noHeader'
      if (!isNone) refused = error
    }
  }
  throw refused
}
