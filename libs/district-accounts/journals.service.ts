import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { KnownActuals, Reports } from '#accountability'
import { type Agreement, Agreements } from '#agreements'
import { type Cents, centsFromJson, Quarter, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, isId, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { columnName, readSheets, readXml } from '#sheets'
import { mayBringJournal } from './access.js'
import { versionInYear } from './district-accounts.service.js'
import { type ComparedQuarter, compareQuarters } from './rules/compare.js'
import {
  accountsOf,
  addedSince,
  type JournalAccount,
  type JournalFinding,
  type JournalLine,
  type Mapping,
  MOST_LINES,
  type ReadJournal,
  spentPerQuarter,
  withinYear,
} from './rules/journal.js'
import { readJournalRows } from './rules/read-journal-csv.js'
import { readJournalXaf } from './rules/read-journal-xaf.js'
import type { DistrictJournalRow, JournalUploadRow } from './store/journal-entities.js'
import {
  deleteUpload,
  deleteUploadsBefore,
  findUpload,
  insertJournal,
  insertMappings,
  insertUpload,
  linesOf,
  lockJournals,
  mappingSha256,
  readJournalLines,
  readJournals,
  readMapping,
  uploaded,
} from './store/journals.store.js'

const KEPT_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** What an upload would become, for who looks at it before it is kept. */
export interface JournalPreview {
  upload: JournalUploadRow
  agreement: Agreement
  quarter: Quarter
  /** The lines of the agreement that accounts can belong to. */
  lines: { id: string; label: string }[]
  accounts: JournalAccount[]
  /** What was said of each account before, or else what its name or kind suggests. */
  mapping: Mapping
  /** Accounts of which nobody said yet where they belong. */
  unmapped: string[]
  counted: number
  outside: JournalLine[]
  /** Not in the journal before, though the quarter they fall in is approved. */
  late: JournalLine[]
  compared: ComparedQuarter[]
}

/**
 * A wijk's own journal of the subsidy: the books underneath its reports. It is kept and compared; it is not booked,
 * because the reports already are.
 */
@Injectable()
export class Journals {
  constructor(
    @Inject(KnownActuals) known: KnownActuals,
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {
    known.readFrom((tx, agreementId, quarter) => this.spentThrough(tx, agreementId, quarter))
  }

  /** The journals of a wijk in a year, the one that counts first. */
  async of(agreementId: string, year: number, tx: Tx = this.database.read): Promise<DistrictJournalRow[]> {
    return readJournals(tx, agreementId, year)
  }

  /** The journal that counts beside what the reports say, quarter by quarter; none when there is no journal. */
  async compared(
    agreement: Agreement,
    year: number,
    tx: Tx = this.database.read,
  ): Promise<ComparedQuarter[]> {
    const [latest] = await readJournals(tx, agreement.id, year)
    if (!latest) return []
    const through = Quarter.parse(latest.quarter)
    const lines = await readJournalLines(tx, latest.id)
    const mapping = new Map(lines.map(({ account, lineId }) => [account, lineId]))
    return this.compare(tx, agreement, spentPerQuarter(lines, mapping, through))
  }

  /**
   * Reads a file (CSV, XLSX or XAF 3.2) of 1 January through a quarter. With something wrong in it nothing is kept. The
   * same file for the same quarter leads to the same upload.
   * @throws ForbiddenException, NotFoundException; RuleViolated `sheet.*`, `xml.*` and `districtAccounts.journal*`
   */
  async upload(
    visitor: Visitor,
    area: string,
    quarter: Quarter,
    file: Upload,
  ): Promise<{ id: string } | { findings: JournalFinding[] }> {
    const agreement = await this.find(visitor, area, quarter)
    if (quarter.firstDay() > this.clock.today())
      throw RuleViolated.of('districtAccounts.quarterNotBegun', {}, 'kwartaal')
    const sha256 = sha256Bytes(file.content)
    const where = { agreementId: agreement.id, quarter: quarter.toString(), sha256 }
    const before = await findUpload(this.database.read, where)
    if (before) return { id: before.id }
    const { format, read } = await readFile(file)
    if (read.findings.length > 0) return { findings: read.findings }
    if (withinYear(read.lines, quarter).within.length === 0)
      throw RuleViolated.of('districtAccounts.journalOtherYear', { year: String(quarter.year) }, 'bestand')
    return this.database.transaction(async (tx) => {
      await lockJournals(tx, agreement.id)
      const meanwhile = await findUpload(tx, where)
      if (meanwhile) return { id: meanwhile.id }
      const id = this.ids.next()
      await insertUpload(tx, {
        ...{ id, ...where, format, fileName: file.name, lines: uploaded(read.lines) },
        balanceAccounts: [...read.balanceAccounts],
        ...{ uploadedAt: this.clock.now(), uploadedBy: visitor.personId },
      })
      return { id }
    })
  }

  /** What an upload would become. @throws NotFoundException, ForbiddenException */
  async preview(visitor: Visitor, uploadId: string, tx: Tx = this.database.read): Promise<JournalPreview> {
    const upload = isId(uploadId) ? await findUpload(tx, { id: uploadId }) : null
    const agreement = upload && (await this.agreements.all(tx)).find(({ id }) => id === upload.agreementId)
    if (!upload || !agreement) throw new NotFoundException()
    if (!mayBringJournal(visitor, agreement)) throw new ForbiddenException()
    const quarter = Quarter.parse(upload.quarter)
    const { within, outside } = withinYear(linesOf(upload), quarter)
    const accounts = accountsOf(within, new Set(upload.balanceAccounts), upload.format)
    const said = await readMapping(tx, agreement.id)
    const lines = linesIn(agreement, quarter.year)
    const mapping = suggested(accounts, lines, said)
    return {
      ...{ upload, agreement, quarter, accounts, mapping, outside, counted: within.length, lines },
      unmapped: accounts.map(({ account }) => account).filter((account) => !known(said, lines, account)),
      late: await this.late(tx, agreement, quarter, within),
      compared: await this.compare(tx, agreement, spentPerQuarter(within, mapping, quarter)),
    }
  }

  /**
   * Says where accounts of the wijk belong; remembered for the next file. What is the same changes nothing.
   * @param given per account the id of a line of the agreement, or null when it has nothing to do with the subsidy
   * @throws RuleViolated `districtAccounts.unknownLine`, NotFoundException, ForbiddenException
   */
  async map(visitor: Visitor, uploadId: string, given: Mapping): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { agreement, accounts, lines } = await this.preview(visitor, uploadId, tx)
      await lockJournals(tx, agreement.id)
      const said = await readMapping(tx, agreement.id)
      const rows = accounts.flatMap(({ account }) => {
        if (!given.has(account)) return []
        const lineId = given.get(account)!
        if (lineId !== null && !lines.some(({ id }) => id === lineId))
          throw RuleViolated.of('districtAccounts.unknownLine')
        if (said.has(account) && said.get(account) === lineId) return []
        const row = { agreementId: agreement.id, account, lineId }
        return [{ ...row, mappedAt: this.clock.now(), mappedBy: visitor.personId }]
      })
      await insertMappings(tx, rows)
    })
  }

  /**
   * Keeps an upload as the journal of the wijk; it takes the place of the one before. When the last one was made of the
   * same file with the same accounts, nothing is added.
   * @returns where it belongs
   * @throws RuleViolated `districtAccounts.accountsUnmapped`, NotFoundException, ForbiddenException
   */
  async keep(visitor: Visitor, uploadId: string): Promise<{ area: string; year: number }> {
    return this.database.transaction(async (tx) => {
      const first = await this.preview(visitor, uploadId, tx)
      await lockJournals(tx, first.agreement.id)
      const { agreement, upload, quarter, unmapped, accounts, mapping, outside } = await this.preview(
        visitor,
        uploadId,
        tx,
      )
      if (unmapped.length > 0)
        throw RuleViolated.of('districtAccounts.accountsUnmapped', {
          accounts: unmapped.slice(0, 5).join(', '),
        })
      const [last] = await readJournals(tx, agreement.id, quarter.year)
      const codes = accounts.map(({ account }) => account)
      const mapped = mappingSha256(codes, mapping)
      await deleteUpload(tx, upload.id)
      const { format, fileName, sha256 } = upload
      const place = { area: agreement.areaSlug, year: quarter.year }
      if (last?.sha256 === sha256 && last.quarter === upload.quarter && last.mappingSha256 === mapped)
        return place
      const row = {
        ...{ id: this.ids.next(), agreementId: agreement.id, year: quarter.year, quarter: upload.quarter },
        ...{ number: (last?.number ?? 0) + 1, format, fileName, sha256, mappingSha256: mapped },
        ...{ leftOut: outside.length, keptAt: this.clock.now(), keptBy: visitor.personId },
      }
      await insertJournal(tx, row, withinYear(linesOf(upload), quarter).within, mapping)
      await this.audit.record(tx, {
        ...{ actorId: visitor.personId, action: 'districtAccounts.journalKept' },
        subject: { kind: 'agreement', id: agreement.id },
        details: { quarter: upload.quarter, number: row.number, sha256, leftOut: row.leftOut },
      })
      return place
    })
  }

  /** Throws an upload away. A repeat changes nothing. @throws ForbiddenException */
  async discard(visitor: Visitor, uploadId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!isId(uploadId) || !(await findUpload(tx, { id: uploadId }))) return
      await this.preview(visitor, uploadId, tx)
      await deleteUpload(tx, uploadId)
    })
  }

  /** Uploads that nobody kept go after thirty days. */
  async forgetOld(): Promise<void> {
    const instant = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS)
    await this.database.transaction((tx) => deleteUploadsBefore(tx, instant))
  }

  /** What was spent per line at the end of a quarter by the journal that counts; null when it does not reach so far. */
  private async spentThrough(
    tx: Tx,
    agreementId: string,
    quarter: Quarter,
  ): Promise<ReadonlyMap<string, Cents> | null> {
    const [latest] = await readJournals(tx, agreementId, quarter.year)
    if (!latest || Quarter.parse(latest.quarter).compare(quarter) < 0) return null
    const spent = new Map<string, Cents>()
    for (const { onDay, lineId, cents } of await readJournalLines(tx, latest.id))
      if (lineId && onDay <= quarter.lastDay()) spent.set(lineId, (spent.get(lineId) ?? 0n) + cents)
    return spent
  }

  /** Lines that are new in a quarter of which the report was approved. */
  private async late(
    tx: Tx,
    agreement: Agreement,
    { year }: Quarter,
    lines: readonly JournalLine[],
  ): Promise<JournalLine[]> {
    const [before] = await readJournals(tx, agreement.id, year)
    if (!before) return []
    const approved = (await this.submitted(tx, agreement, year)).filter(({ status }) => status === 'approved')
    const until = approved.at(-1)?.quarter.lastDay()
    return until ? addedSince(lines, await readJournalLines(tx, before.id), until) : []
  }

  private async compare(
    tx: Tx,
    agreement: Agreement,
    journal: ReadonlyMap<string, ReadonlyMap<string, Cents>>,
  ): Promise<ComparedQuarter[]> {
    const [first] = journal.keys()
    if (!first) return []
    const { year } = Quarter.parse(first)
    const reports = new Map(
      (await this.submitted(tx, agreement, year)).map(({ quarter, status, content }) => [
        quarter.toString(),
        {
          approved: status === 'approved',
          actuals: new Map(content.lines.map(({ id, actualCents }) => [id, centsFromJson(actualCents)])),
        },
      ]),
    )
    return compareQuarters(linesIn(agreement, year), journal, reports)
  }

  private async submitted(tx: Tx, agreement: Agreement, year: number) {
    const contents = await this.reports.approvedContents({ year }, tx)
    return contents.filter((one) => one.agreement.id === agreement.id)
  }

  private async find(visitor: Visitor, area: string, { year }: Quarter): Promise<Agreement> {
    const agreement = await this.agreements.byArea(area)
    if (agreement?.kind !== 'district' || !versionInYear(agreement, year)) throw new NotFoundException()
    if (!mayBringJournal(visitor, agreement)) throw new ForbiddenException()
    return agreement
  }
}

/** Decides by content what kind of file it is. */
async function readFile(file: Upload): Promise<{ format: 'csv' | 'xaf'; read: ReadJournal }> {
  const start = file.content
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^(\u00ef\u00bb\u00bf|\s)+/, '')
  if (start.startsWith('<')) {
    const { root } = await readXml(file)
    return { format: 'xaf', read: readJournalXaf(root) }
  }
  const sheets = await readSheets(file, { rows: MOST_LINES + 20 })
  const sheet = sheets.find(({ rows }) => rows.length > 0)!
  return { format: 'csv', read: readJournalRows(sheet.rows, columnName) }
}

/** The lines that the agreement has in a year, in their order. */
function linesIn(agreement: Agreement, year: number): { id: string; label: string }[] {
  return (versionInYear(agreement, year)?.terms.lines ?? []).map(({ id, label }) => ({ id, label }))
}

/** Whether somebody said where an account belongs, and that is still a line of the agreement. */
function known(said: Mapping, lines: readonly { id: string }[], account: string): boolean {
  if (!said.has(account)) return false
  const line = said.get(account)
  return line === null || lines.some(({ id }) => id === line)
}

/** What was said, else what the kind or the name of an account suggests. */
function suggested(
  accounts: readonly JournalAccount[],
  lines: readonly { id: string; label: string }[],
  said: Mapping,
): Map<string, string | null> {
  const folded = (text: string) => text.trim().toLowerCase()
  return new Map(
    accounts.flatMap(({ account, name, isBalance }): [string, string | null][] => {
      if (known(said, lines, account)) return [[account, said.get(account)!]]
      if (isBalance) return [[account, null]]
      const line = lines.find(({ id, label }) => folded(label) === folded(name) || id === folded(name))
      return line ? [[account, line.id]] : []
    }),
  )
}
