import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { type LockedReport, type Report, type ReportAddress, Reports } from './reports.service.js'
import { relationTo } from './rules/access.js'
import { LONGEST_FIELD, savableFields } from './rules/answers.js'
import { openSections } from './rules/course.js'
import { storable } from './rules/draft.js'
import { prefilled } from './rules/prefill.js'
import { draftIsOpen } from './rules/status.js'
import { hasBegun } from './rules/timing.js'
import { prefillFields, writeField } from './store/report-drafts.js'
import { addEvents } from './store/report-events.js'

/** A text to save in a field, with the revision that its writer saw; null or 0 where nobody had written yet. */
export interface FieldChange {
  field: string
  text: string
  seenRevision: number | null
}

/** A field as it stands; revision 0 is empty, or filled in beforehand with what was known. */
export interface CurrentField {
  text: string
  revision: number
  by: { id: string; name: string } | null
  at: Date | null
}

/** Somebody else wrote the field since its writer saw it: nothing was written, both texts are here. */
export interface FieldConflict {
  field: string
  mine: string
  theirs: string
  by: string
  at: Date
  revision: number
}

export interface SavedFields {
  /** Also fields that already had this text. */
  saved: { field: string; revision: number; at: Date }[]
  conflicts: FieldConflict[]
  /** Fields whose section takes no text now (submitted, or approved): not written, with what stands there. */
  closed: { field: string; mine: string; theirs: string }[]
  /** The draft was ready to be signed and now no longer is. */
  completionUndone: boolean
}

/** What treasurer and coordinator do together with a draft: write in its fields. */
@Injectable()
export class Drafting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /**
   * A report with all its fields as they stand: what was typed, or for a draft that nobody began what is known.
   * @throws NotFoundException, ForbiddenException for others than its own treasurer and coordinator
   */
  async current(
    address: ReportAddress,
    visitor: Visitor,
  ): Promise<{ report: Report; fields: Map<string, CurrentField> }> {
    const report = await this.reports.find(address)
    if (!report) throw new NotFoundException()
    if (relationTo(visitor, report.agreement.counterparty.id) !== 'own') throw new ForbiddenException()
    return { report, fields: fieldsOf(report) }
  }

  /**
   * Saves fields, each by itself: one that somebody else wrote since it was seen is given back with the other's
   * text, the rest is saved. A text that already stands there changes nothing, so a repeat is harmless. Fields that
   * the report doesn't have are left out. A change makes a draft that was ready to be signed a draft again.
   * @throws RuleViolated `report.quarterNotBegun`, `report.fieldTooLong`; ForbiddenException, NotFoundException
   */
  async saveFields(
    by: Visitor,
    address: ReportAddress,
    changes: readonly FieldChange[],
  ): Promise<SavedFields> {
    const long = changes.filter(({ text }) => text.length > LONGEST_FIELD)
    RuleViolated.throwIfAny(long.map(({ field }) => ({ code: 'report.fieldTooLong', path: field })))
    return this.database.transaction(async (tx) => {
      const report = await this.reports.lock(tx, address, (found) => this.permit(by, found))
      const result: SavedFields = { saved: [], conflicts: [], closed: [], completionUndone: false }
      const known = savableFields(report.template)
      const written: string[] = []
      await this.prefill(tx, report)
      for (const change of changes) {
        if (!known.has(change.field)) continue
        if (await this.save(tx, by, report, change, result)) written.push(change.field)
      }
      if (written.length > 0)
        result.completionUndone = await this.changed(tx, by, report, { fields: written })
      return result
    })
  }

  /**
   * Records that a draft changed, for whoever changes it: it is then no longer ready to be signed.
   * @returns whether it was
   */
  async changed(
    tx: Tx,
    by: Visitor,
    report: LockedReport,
    details: Record<string, unknown>,
  ): Promise<boolean> {
    const { id } = report.record
    const undone = report.course.completed !== null
    if (undone)
      await addEvents(tx, id, [{ kind: 'changed', version: null, at: this.clock.now(), by: by.personId }])
    await this.audit.record(tx, {
      actorId: by.personId,
      action: 'report.draftSaved',
      subject: { kind: 'quarterlyReport', id },
      details: { ...details, ...(undone && { completionUndone: true }) },
    })
    return undone
  }

  /** @throws ForbiddenException for others than its own; RuleViolated `report.quarterNotBegun` */
  permit(by: Visitor, { agreement, quarter }: Report): void {
    if (relationTo(by, agreement.counterparty.id) !== 'own') throw new ForbiddenException()
    if (!hasBegun(quarter, this.clock.today())) throw RuleViolated.of('report.quarterNotBegun')
  }

  /** Keeps what a new draft was shown with, so that it stays when the quarter before is corrected. */
  async prefill(tx: Tx, report: LockedReport): Promise<void> {
    if (report.record.fields.size > 0 || !draftIsOpen(report.status)) return
    await prefillFields(
      tx,
      report.record.id,
      prefilled(report.template, report.previous, report.known),
      this.clock.now(),
    )
  }

  /** @returns whether the field changed */
  private async save(
    tx: Tx,
    by: Visitor,
    report: LockedReport,
    { field, text: given, seenRevision }: FieldChange,
    result: SavedFields,
  ): Promise<boolean> {
    const text = storable(given)
    const stands = fieldsOf(report).get(field)!
    const at = this.clock.now()
    if (text === stands.text) {
      result.saved.push({ field, revision: stands.revision, at: stands.at ?? at })
      return false
    }
    if (!mayWrite(report, field)) {
      result.closed.push({ field, mine: text, theirs: stands.text })
      return false
    }
    const seen = seenRevision ?? 0
    const revision = await writeField(tx, report.record.id, { field, text, seen }, by.personId, at)
    if (revision !== null) {
      result.saved.push({ field, revision, at })
      return true
    }
    result.conflicts.push({
      field,
      mine: text,
      theirs: stands.text,
      by: stands.by?.name ?? '',
      at: stands.at ?? at,
      revision: stands.revision,
    })
    return false
  }
}

/** An answer can be typed where a question stands; the other fields where their section is open. */
function mayWrite(report: Report, field: string): boolean {
  const section = savableFields(report.template).get(field)!
  const { standing } = report.course.sections[section]
  if (field.startsWith('answer.')) return standing === 'returned' || standing === 'reopened'
  return openSections(report.course).includes(section)
}

/** Every field that can be saved, as it stands. */
export function fieldsOf({ template, record, previous, known: actuals }: Report): Map<string, CurrentField> {
  const saved = record?.fields ?? new Map()
  const known = saved.size > 0 ? {} : prefilled(template, previous, actuals)
  return new Map(
    [...savableFields(template).keys()].map((field) => [
      field,
      saved.get(field) ?? { text: known[field] ?? '', revision: 0, by: null, at: null },
    ]),
  )
}
