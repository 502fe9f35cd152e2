import { createHash } from 'node:crypto'
import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Areas } from '#areas'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Upload, type Visitor } from '#platform'
import { readSheets } from '#sheets'
import { LedgerAccounts } from './ledger-accounts.service.js'
import { type BudgetLine, type CellFinding, readBudget } from './rules/read-budget.js'
import {
  findAdoption,
  findBudget,
  insertAdoption,
  insertBudget,
  lockBudgets,
  readAdoptions,
  readBudgetLines,
} from './store/budget.store.js'
import type { LedgerBudgetAdoptionRow, LedgerBudgetRow } from './store/budget-entities.js'

/** More is no budget of a year. */
const MOST_ROWS = 2_000

/** A budget with its lines. */
export interface Budget extends LedgerBudgetRow {
  lines: BudgetLine[]
  adoption: LedgerBudgetAdoptionRow | null
}

/** What came of a file: a budget to look at and confirm, or what to mend in it. */
export type BudgetUpload = { id: string } | { findings: CellFinding[] }

/** Budgets per year: handed in as a sheet, shown, confirmed. Another one is another version. */
@Injectable()
export class Budgets {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Every version that holds or held, the latest year and version first. */
  async versions(tx: Tx = this.database.read): Promise<LedgerBudgetAdoptionRow[]> {
    return readAdoptions(tx)
  }

  /** The budget that holds for a year, or null. */
  async ofYear(year: number, tx: Tx = this.database.read): Promise<Budget | null> {
    const latest = (await readAdoptions(tx)).find((one) => one.year === year)
    return latest ? this.find(latest.budgetId, tx) : null
  }

  async find(id: string, tx: Tx = this.database.read): Promise<Budget | null> {
    const row = await findBudget(tx, { id })
    return row && { ...row, lines: await readBudgetLines(tx, id), adoption: await findAdoption(tx, id) }
  }

  /**
   * Reads a file. Nothing holds until it is confirmed; with something wrong in a cell nothing is kept either. Safe to
   * repeat: one request key makes one budget.
   * @throws RuleViolated `sheet.*`, `ledger.budgetYear`, `ledger.budgetNoHeader`, `ledger.budgetEmpty`,
   * `ledger.budgetTooLong`
   */
  async upload(
    visitor: Visitor,
    { year, file, requestKey }: { year: number; file: Upload; requestKey: string },
  ): Promise<BudgetUpload> {
    if (!Number.isInteger(year) || year < 2000 || year > 2199)
      throw RuleViolated.of('ledger.budgetYear', {}, 'jaar')
    const before = await findBudget(this.database.read, { requestKey })
    if (before) return { id: before.id }
    const sheets = await readSheets(file, { rows: MOST_ROWS })
    const sheet = sheets.find(({ rows }) => rows.length > 0)!
    const terms = { accounts: await this.accounts.all(), districts: await this.areas.accountingDistricts() }
    const { lines, findings } = readBudget(sheet.rows, terms)
    if (findings.length > 0) return { findings }
    return this.database.transaction(async (tx) => {
      await lockBudgets(tx, year)
      const meanwhile = await findBudget(tx, { requestKey })
      if (meanwhile) return { id: meanwhile.id }
      const id = this.ids.next()
      const sha256 = createHash('sha256').update(file.content).digest('hex')
      const row = { id, year, name: file.name, sha256, note: '', requestKey }
      await insertBudget(tx, { ...row, proposedAt: this.clock.now(), proposedBy: visitor.personId }, lines)
      return { id }
    })
  }

  /** Lets a budget hold, as the next version of its year. A repeat changes nothing. @throws NotFoundException */
  async adopt(visitor: Visitor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const budget = await findBudget(tx, { id })
      if (!budget) throw new NotFoundException()
      await this.letHold(tx, budget, visitor.personId)
    })
  }

  /** Enters a budget that was made elsewhere, and lets it hold, in the caller's transaction. */
  async enter(
    tx: Tx,
    entered: { year: number; name: string; note: string; lines: readonly BudgetLine[] },
  ): Promise<void> {
    const { lines, ...about } = entered
    const id = this.ids.next()
    const sha256 = createHash('sha256').update(JSON.stringify(lines, amountsAsText)).digest('hex')
    const row = { id, ...about, sha256, requestKey: id, proposedAt: this.clock.now(), proposedBy: null }
    await insertBudget(tx, row, lines)
    await this.letHold(tx, row, null)
  }

  private async letHold(
    tx: Tx,
    { id, year, name, sha256 }: LedgerBudgetRow,
    by: string | null,
  ): Promise<void> {
    await lockBudgets(tx, year)
    if (await findAdoption(tx, id)) return
    const latest = (await readAdoptions(tx)).find((one) => one.year === year)
    const version = (latest?.version ?? 0) + 1
    await insertAdoption(tx, { budgetId: id, year, version, adoptedAt: this.clock.now(), adoptedBy: by })
    await this.audit.record(tx, {
      actorId: by,
      action: 'ledger.budgetAdopted',
      subject: { kind: 'ledgerBudget', id },
      details: { year, version, name, sha256 },
    })
  }
}

const amountsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
