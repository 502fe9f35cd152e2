import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { readXml } from '#sheets'
import { BankAccounts } from './bank-accounts.service.js'
import { readCamt } from './reading/camt.js'
import { checkJoining } from './rules/joining.js'
import type { ReadStatement } from './rules/statement.js'
import {
  findImported,
  findStatement,
  type ListedStatement,
  lockAccount,
  readLinesOfStatement,
  readSpans,
  readStatements,
  type StoredLine,
} from './store/line.store.js'
import { BankImportRow, BankLineRow, BankStatementRow } from './store/statement-entities.js'

/** A year of daily statements of a small cooperative is far less. */
const LIMITS = { bytes: 10 * 1024 * 1024, elements: 300_000, depth: 24, textLength: 1_000 }

/** Reading statements of the bank (CAMT.053). */
@Injectable()
export class Statements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BankAccounts) private readonly accounts: BankAccounts,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The latest statements first. */
  latest(most: number, tx: Tx = this.database.read): Promise<ListedStatement[]> {
    return readStatements(tx, most)
  }

  /** A statement with its lines, or null. */
  async find(
    id: string,
    tx: Tx = this.database.read,
  ): Promise<{ statement: ListedStatement; lines: StoredLine[] } | null> {
    const statement = await findStatement(tx, id)
    return statement && { statement, lines: await readLinesOfStatement(tx, id) }
  }

  /**
   * Reads a file and keeps all its statements, or none: each must add up, be of an account of ours, and join to the
   * statements that are there. Safe to repeat: one request key is one import; another request with the same file is
   * refused as known.
   * @returns the last statement of the file
   * @throws RuleViolated `xml.*`, what {@link readCamt} and {@link checkJoining} find, `bank.otherAccount`,
   * `bank.noAccount`
   */
  async import(visitor: Visitor, file: Upload, requestKey: string): Promise<{ statementId: string }> {
    const before = await findImported(this.database.read, requestKey)
    if (before) return before
    const statements = readCamt(await readXml(file, LIMITS))
    return this.database.transaction(async (tx) => {
      const iban = await this.accountOf(tx, statements)
      await lockAccount(tx, iban)
      const meanwhile = await findImported(tx, requestKey)
      if (meanwhile) return meanwhile
      RuleViolated.throwIfAny(checkJoining(await readSpans(tx, iban), statements))
      return { statementId: await this.keep(tx, visitor, file, requestKey, statements) }
    })
  }

  /** The account of ours that every statement is of. */
  private async accountOf(tx: Tx, statements: readonly ReadStatement[]): Promise<string> {
    const own = (await this.accounts.all(tx)).filter(({ confirmedAt }) => confirmedAt !== null)
    if (own.length === 0) throw RuleViolated.of('bank.noAccount')
    const ibans = [...new Set(statements.map(({ iban }) => iban))]
    const other = ibans.find((iban) => !own.some((account) => account.iban === iban))
    if (other) throw RuleViolated.of('bank.otherAccount', { iban: other })
    if (ibans.length > 1) throw RuleViolated.of('bank.severalAccounts')
    return ibans[0]!
  }

  private async keep(
    tx: Tx,
    visitor: Visitor,
    file: Upload,
    requestKey: string,
    statements: readonly ReadStatement[],
  ): Promise<string> {
    const importId = this.ids.next()
    const by = { importedAt: this.clock.now(), importedBy: visitor.personId }
    const sha256 = sha256Bytes(file.content)
    await tx
      .getRepository(BankImportRow)
      .insert({ id: importId, fileName: file.name, sha256, requestKey, ...by })
    let last = ''
    for (const { lines, ...statement } of statements.toSorted((a, b) =>
      a.throughDay < b.throughDay ? -1 : 1,
    )) {
      last = this.ids.next()
      await tx.getRepository(BankStatementRow).insert({ id: last, importId, ...statement })
      const rows = lines.map((line, index) => ({
        ...line,
        id: this.ids.next(),
        iban: statement.iban,
        statementId: last,
        reference: `${statement.reference}/${index + 1}`,
        requestKey: null,
        enteredAt: by.importedAt,
        enteredBy: by.importedBy,
      }))
      for (let at = 0; at < rows.length; at += 1_000)
        await tx.getRepository(BankLineRow).insert(rows.slice(at, at + 1_000))
    }
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'bank.statementsImported',
      subject: { kind: 'bankImport', id: importId },
      details: { sha256, statements: statements.map(({ reference }) => reference) },
    })
    return last
  }
}
