import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Files } from '#files'
import { addDays, type Day, dayOf } from '#kernel'
import { Audit, DailyWork, Database, type Tx } from '#platform'
import { DRAFT_DAYS, duePart } from './rules/retention.js'
import { ApplicationFileRow, ApplicationRow } from './store/entities.js'
import { type AgeingRow, lockAgeing, readKeptFiles } from './store/evidence-records.js'

/** What was let go of. */
export interface LetGo {
  drafts: number
  evidence: number
}

/** Lets go of what is kept no longer: drafts that were never sent, and evidence of what led to nothing. */
@Injectable()
export class ApplicationRetention implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Files) private readonly files: Files,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.daily.add('applications', (today) => this.removeStaleDrafts(today))
  }

  /**
   * Removes drafts after 30 days without a change, with their files, and erases the evidence of applications
   * that were refused or withdrawn a year ago; the decision and its reasons stay. A repeat finds nothing to do,
   * and two at once take turns: each takes what the other has not locked.
   */
  async removeStaleDrafts(today: Day): Promise<LetGo> {
    return this.database.transaction(async (tx) => {
      const letGo: LetGo = { drafts: 0, evidence: 0 }
      const savedBefore = new Date(`${addDays(today, 1 - DRAFT_DAYS)}T00:00:00Z`)
      for (const application of await lockAgeing(tx, savedBefore)) {
        const part = duePart(inDays(application), today)
        if (part === null) continue
        for (const fileId of await readKeptFiles(tx, application.id)) await this.files.erase(tx, fileId)
        if (part === 'all') await this.removeDraft(tx, application)
        letGo[part === 'all' ? 'drafts' : 'evidence'] += 1
        await this.audit.record(tx, {
          actorId: null,
          action: part === 'all' ? 'application.draftRemoved' : 'application.evidenceErased',
          subject: { kind: 'application', id: application.id },
        })
      }
      return letGo
    })
  }

  /** A withdrawal is in the register, so of a withdrawn draft the empty row stays. */
  private async removeDraft(tx: Tx, { id, state }: AgeingRow): Promise<void> {
    await tx.getRepository(ApplicationFileRow).delete({ applicationId: id })
    const applications = tx.getRepository(ApplicationRow)
    if (state === 'withdrawn') await applications.update({ id }, { draft: {}, address: '' })
    else await applications.delete({ id })
  }
}

function inDays({ state, wasSubmitted, savedAt, endedAt }: AgeingRow) {
  return { state, wasSubmitted, savedOn: dayOf(savedAt), endedOn: endedAt && dayOf(endedAt) }
}
