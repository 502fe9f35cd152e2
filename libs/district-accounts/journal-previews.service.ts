import { Inject, Injectable } from '@nestjs/common'
import type { Agreement } from '#agreements'
import { Quarter, RuleViolated } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { JournalComparisons } from './journal-comparisons.service.js'
import { JournalUploads } from './journal-uploads.service.js'
import type { ComparedQuarter } from './rules/compare.js'
import {
  accountsOf,
  type JournalAccount,
  type JournalLine,
  type Mapping,
  spentPerQuarter,
  withinYear,
} from './rules/journal.js'
import { type AgreedLine, checkMapping, isMapped, newlySaid, suggestedMapping } from './rules/mapping.js'
import type { JournalUploadRow } from './store/journal-entities.js'
import { insertMappings, linesOf, lockJournals, readMapping } from './store/journals.store.js'
import { linesIn } from './wijk-year.js'

/** What an upload would become, for who looks at it before it is kept. */
export interface JournalPreview {
  upload: JournalUploadRow
  agreement: Agreement
  quarter: Quarter
  /** The lines of the agreement that accounts can belong to. */
  lines: AgreedLine[]
  accounts: JournalAccount[]
  /** What was said of each account before, or else what its name or kind suggests. */
  mapping: Mapping
  /** Accounts of which nobody said yet where they belong. */
  unmapped: string[]
  /** From 1 January through the quarter: these would be kept. */
  within: JournalLine[]
  outside: JournalLine[]
  /** Not in the journal before, though the quarter they fall in is approved. */
  late: JournalLine[]
  compared: ComparedQuarter[]
}

/** Looking at an upload, and saying where the accounts of the wijk belong, before it is kept as journal. */
@Injectable()
export class JournalPreviews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JournalUploads) private readonly uploads: JournalUploads,
    @Inject(JournalComparisons) private readonly comparisons: JournalComparisons,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What an upload would become. @throws NotFoundException, ForbiddenException */
  async of(visitor: Visitor, uploadId: string, tx: Tx = this.database.read): Promise<JournalPreview> {
    const { upload, agreement } = await this.uploads.find(visitor, uploadId, tx)
    const quarter = Quarter.parse(upload.quarter)
    const { within, outside } = withinYear(linesOf(upload), quarter)
    const accounts = accountsOf(within, new Set(upload.balanceAccounts), upload.format)
    const said = await readMapping(tx, agreement.id)
    const lines = linesIn(agreement, quarter.year)
    const mapping = suggestedMapping(accounts, lines, said)
    return {
      ...{ upload, agreement, quarter, lines, accounts, mapping, within, outside },
      unmapped: accounts.map(({ account }) => account).filter((account) => !isMapped(said, lines, account)),
      late: await this.comparisons.late(tx, agreement, quarter, within),
      compared: await this.comparisons.compare(tx, agreement, spentPerQuarter(within, mapping, quarter)),
    }
  }

  /**
   * Says where accounts of the wijk belong; remembered for the next file. What is the same changes nothing, nor do
   * accounts that are not in the file.
   * @param given per account the id of a line of the agreement, or null when it has nothing to do with the subsidy
   * @throws RuleViolated of {@link checkMapping}, NotFoundException, ForbiddenException
   */
  async map(visitor: Visitor, uploadId: string, given: Mapping): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { agreement, accounts, lines } = await this.of(visitor, uploadId, tx)
      await lockJournals(tx, agreement.id)
      const known = new Set(accounts.map(({ account }) => account))
      const meant = new Map([...given].filter(([account]) => known.has(account)))
      RuleViolated.throwIfAny(checkMapping(meant, lines))
      const by = { mappedAt: this.clock.now(), mappedBy: visitor.personId }
      const said = newlySaid(meant, await readMapping(tx, agreement.id))
      await insertMappings(
        tx,
        said.map((one) => ({ agreementId: agreement.id, ...one, ...by })),
      )
    })
  }
}
