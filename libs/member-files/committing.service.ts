import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { type MemberDetails, Members, type NewDetails, type NewMember, noParticulars } from '#members'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { ImportNotices } from './import-notices.js'
import { maySeeToSensitive, stateOf } from './imports.service.js'
import { type MadePlan, Planning } from './planning.service.js'
import { countRows, sensitiveRows } from './rules/import-state.js'
import { type Change, onDayKey, type PlannedRow } from './rules/plan.js'
import {
  type ImportRecord,
  insertStep,
  lockImports,
  readGrid,
  readImport,
  readLastPlan,
} from './store/import-records.js'

/** Carries imports out. */
@Injectable()
export class ImportCommits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Planning) private readonly planning: Planning,
    @Inject(ImportNotices) private readonly notices: ImportNotices,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * Does all that the plan says, or nothing. Safe to repeat: an import is carried out once. While it runs nobody
   * else writes in the register, and it is worked out again first: what was shown is what happens.
   * @throws RuleViolated `import.previewChanged`, `import.registerChanged`, `import.stillWrong`,
   * `import.notConfirmed`, `import.nothingToDo`, `import.sensitiveStaffOnly`, `import.ended`
   */
  async commit(visitor: Visitor, id: string, planHash: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockImports(tx)
      const record = await readImport(tx, id)
      if (!record) throw RuleViolated.of('import.ended')
      if (stateOf(record) === 'committed') return
      const shown = await readLastPlan(tx, id)
      const grid = await readGrid(tx, id)
      if (stateOf(record) === 'withdrawn' || !shown || !grid) throw RuleViolated.of('import.ended')
      if (shown.planHash !== planHash) throw RuleViolated.of('import.previewChanged')
      await this.members.holdStill(tx)
      const made = await this.planning.make(tx, grid, shown.corrections, record.effectiveOn)
      if (made.planHash !== planHash) throw RuleViolated.of('import.registerChanged')
      mayBeCommitted(record, made, visitor)
      await this.write(tx, record, made, visitor)
    })
  }

  private async write(tx: Tx, record: ImportRecord, made: MadePlan, visitor: Visitor): Promise<void> {
    const by = visitor.personId
    const news = made.rows.filter(({ state }) => state === 'new')
    const changed = made.rows.filter(({ state }) => state === 'changed')
    const firstNumber = (await this.members.lastNumber(tx)) + 1
    const admitted = news.map((row, at) => newMember(row, firstNumber + at))
    const described = changed.map((row) => newDetails(row, made))
    const reason = `Import ${record.reference} (${record.name})`
    await this.members.enterAll(tx, { admitted, described }, { by, reason })
    await this.notices.tellOldContacts(tx, record, made)
    const counts = countRows(made)
    await insertStep(tx, record.id, {
      ...{ type: 'committed', planHash: made.planHash, corrected: false, counts, by, at: this.clock.now() },
      sensitive: sensitiveRows(made).length,
      firstNumber: news.length > 0 ? firstNumber : null,
    })
    const { reference, name, sha256 } = record
    await this.audit.record(tx, {
      actorId: by,
      action: 'memberImport.committed',
      subject: { kind: 'memberImport', id: record.id },
      details: { reference, name, sha256, planHash: made.planHash, counts },
    })
  }
}

function mayBeCommitted(record: ImportRecord, made: MadePlan, visitor: Visitor): void {
  const state = stateOf(record)
  if (state === 'mending') throw RuleViolated.of('import.stillWrong')
  if (state === 'nothingToDo') throw RuleViolated.of('import.nothingToDo')
  if (state === 'awaitingConfirmation') throw RuleViolated.of('import.notConfirmed')
  if (sensitiveRows(made).length > 0 && !maySeeToSensitive(visitor))
    throw RuleViolated.of('import.sensitiveStaffOnly')
}

function newMember({ name, kind, on, changes }: PlannedRow, number: number): NewMember {
  const details: MemberDetails = { ...noParticulars, on: on!, name, founder: false, note: null }
  return { number, kind: kind as NewMember['kind'], on: on!, details: withChanges(details, changes) }
}

function newDetails({ memberId, on, changes }: PlannedRow, { standing }: MadePlan): NewDetails {
  const { details } = standing.get(onDayKey(memberId!, on!))!
  return { memberId: memberId!, details: withChanges({ ...details, on: on! }, changes) }
}

function withChanges(details: MemberDetails, changes: readonly Change[]): MemberDetails {
  const values = changes.map(({ field, to }) => [
    field,
    field === 'neighbourhoods' ? (to ?? '').split(', ').filter(Boolean).map(Number) : to,
  ])
  return { ...details, ...Object.fromEntries(values) }
}
