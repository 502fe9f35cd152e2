import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import type { Day } from '#kernel'
import { readChamberNumber, readPostalCode, readRsin } from '#members'
import { Audit, Clock, Database, Ids, type Tx } from '#platform'
import type { AppliedKind, ContentTerms } from './rules/application-content.js'
import { CriterionSettingRow } from './store/entities.js'

/** A criterion of a kind as it holds from a day on; one that no longer applies was dropped from that day. */
export interface Criterion {
  key: string
  kind: AppliedKind
  text: string
  article: string
  position: number
  applies: boolean
  holdsFrom: Day
}

/** What an organisation must meet to become a member: a checklist per kind, dated, with its articles. */
@Injectable()
export class Criteria {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** The criteria of a kind that hold on a day, in the order of the list. */
  async asOf(kind: AppliedKind, day: Day, tx: Tx = this.database.read): Promise<Criterion[]> {
    return tx.query(
      `SELECT * FROM (
         SELECT DISTINCT ON (key) key, kind, text, article, position, applies, holds_from AS "holdsFrom"
         FROM criterion_settings WHERE kind = $1 AND holds_from <= $2
         ORDER BY key, holds_from DESC, recorded_at DESC, id DESC) latest
       WHERE applies ORDER BY position, key`,
      [kind, day],
    )
  }

  /** Records criteria from a day on; earlier ones keep holding for the days before it. */
  async record(tx: Tx, criteria: readonly Criterion[], by: string | null): Promise<void> {
    for (const criterion of criteria) {
      const id = this.ids.next()
      await tx
        .getRepository(CriterionSettingRow)
        .insert({ ...criterion, id, recordedAt: this.clock.now(), recordedBy: by })
      await this.audit.record(tx, {
        actorId: by,
        action: 'criterion.recorded',
        subject: { kind: 'criterion', id },
        details: { ...criterion },
      })
    }
  }

  /** What a draft for this kind is held against today. */
  async termsFor(kind: AppliedKind | null, tx: Tx = this.database.read): Promise<ContentTerms> {
    return {
      readChamberNumber,
      readRsin,
      readPostalCode,
      criteria: kind ? await this.asOf(kind, this.clock.today(), tx) : [],
      neighbourhoods: (await this.areas.neighbourhoods(tx)).map(({ number }) => number),
    }
  }
}
