import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor } from '#platform'
import { CityContents, type ComposedReport } from './city-contents.service.js'
import { CityReportNotices } from './city-report-notices.js'
import { isOver, type Period } from './rules/period.js'
import { differingTexts, type Texts, textViolations } from './rules/report-texts.js'
import {
  type CityDraft,
  type CityRecord,
  findRecord,
  insertVersion,
  lockPeriod,
  writeDraft,
} from './store/city-reports.store.js'

export type SaveOutcome =
  | { outcome: 'saved'; revision: number }
  /** Somebody else saved after this form was opened: nothing was written, both texts are given. */
  | { outcome: 'stale'; typed: Texts; stored: CityDraft }

/** What was on the screen of who makes a report final. */
export interface SeenReport {
  /** The revision of the draft. */
  revision: number
  /** The fingerprint of the figures. */
  inputs: string
}

export type FinalOutcome =
  | { outcome: 'final'; number: number; repeated: boolean }
  | { outcome: 'invalid'; violations: Violation[] }

/** What teamleider and bestuurder do with a report: keep a draft, and make it final. */
@Injectable()
export class CityReportWriting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CityContents) private readonly contents: CityContents,
    @Inject(CityReportNotices) private readonly notices: CityReportNotices,
  ) {}

  /**
   * Keeps a draft. The same texts again change nothing; who did not see the latest revision overwrites nothing.
   * @throws NotFoundException, RuleViolated `cityReport.notOver`
   */
  async save(
    period: Period,
    { fields, revision }: { fields: Readonly<Record<string, unknown>>; revision: number },
    visitor: Visitor,
  ): Promise<SaveOutcome> {
    return this.locked(period, fields, async (tx, record, { texts: typed }) => {
      const { draft } = record
      const same = draft.savedAt !== null && differingTexts(typed, draft.texts).length === 0
      if (same) return { outcome: 'saved', revision: draft.revision }
      if (revision !== draft.revision) return { outcome: 'stale', typed, stored: draft }
      const next = await writeDraft(tx, record.id, typed, visitor.personId, this.clock.now())
      await this.record(tx, period, 'cityReport.draftSaved', visitor, { revision: next })
      return { outcome: 'saved', revision: next }
    })
  }

  /**
   * Makes the draft a version that stands for ever, and sends the gemeente a copy. What was on the screen must be what
   * there is. A repeat, and a second person at once, find the version that is there.
   * @throws NotFoundException, RuleViolated `cityReport.notOver`, `cityReport.draftChanged`, `cityReport.inputsChanged`
   */
  async finalise(period: Period, seen: SeenReport, visitor: Visitor): Promise<FinalOutcome> {
    return this.locked(period, null, async (tx, record, composed): Promise<FinalOutcome> => {
      const { json: content, texts } = composed
      const latest = record.versions[0]
      if (latest?.content === content) return { outcome: 'final', number: latest.number, repeated: true }
      const violations = textViolations(period.kind, texts)
      if (violations.length > 0) return { outcome: 'invalid', violations }
      if (seen.revision !== record.draft.revision) throw RuleViolated.of('cityReport.draftChanged')
      if (seen.inputs !== composed.inputs) throw RuleViolated.of('cityReport.inputsChanged')
      const number = (latest?.number ?? 0) + 1
      await this.addVersion(tx, period, record, { number, content }, visitor)
      return { outcome: 'final', number, repeated: false }
    })
  }

  /**
   * Enters the report of a period as it was made outside Samen, in the caller's transaction: as its draft and its first
   * final version. Nobody gets notice: that was done then.
   * @throws NotFoundException when no agreement owes a report on it
   */
  async enter(
    tx: Tx,
    period: Period,
    texts: Texts,
    { finalisedAt, finalisedBy }: { finalisedAt: Date; finalisedBy: string },
  ): Promise<void> {
    const composed = await this.contents.compose(period, texts, tx)
    if (!composed) throw new NotFoundException()
    await lockPeriod(tx, this.ids.next(), period.name)
    const { id: reportId } = (await findRecord(tx, period.name))!
    await writeDraft(tx, reportId, composed.texts, finalisedBy, finalisedAt)
    const [content, id] = [composed.json, this.ids.next()]
    const final = { finalisedAt, finalisedBy, copies: 1 }
    await insertVersion(tx, { id, reportId, number: 1, content, sha256: sha256Hex(content), ...final })
  }

  private async addVersion(
    tx: Tx,
    period: Period,
    record: CityRecord,
    { number, content }: { number: number; content: string },
    visitor: Visitor,
  ): Promise<void> {
    const sha256 = sha256Hex(content)
    const finalised = { finalisedAt: this.clock.now(), finalisedBy: visitor.personId }
    const copies = await this.notices.copy(tx, { period, number, sha256 })
    const id = this.ids.next()
    await insertVersion(tx, { id, reportId: record.id, number, content, sha256, ...finalised, copies })
    await this.record(tx, period, 'cityReport.finalised', visitor, { version: number, sha256, copies })
  }

  /**
   * One act at a time on the report of a period.
   * @param typed what to compose it with; null: the draft
   */
  private async locked<T>(
    period: Period,
    typed: Readonly<Record<string, unknown>> | null,
    work: (tx: Tx, record: CityRecord, composed: ComposedReport) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      if (!isOver(period, this.clock.today())) throw RuleViolated.of('cityReport.notOver')
      await lockPeriod(tx, this.ids.next(), period.name)
      const record = (await findRecord(tx, period.name))!
      const composed = await this.contents.compose(period, typed ?? record.draft.texts, tx)
      if (!composed) throw new NotFoundException()
      return work(tx, record, composed)
    })
  }

  private async record(
    tx: Tx,
    period: Period,
    action: string,
    visitor: Visitor,
    details: Record<string, unknown>,
  ): Promise<void> {
    const subject = { kind: 'cityReport', id: period.name }
    await this.audit.record(tx, { actorId: visitor.personId, action, subject, details })
  }
}
