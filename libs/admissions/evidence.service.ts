import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Files, type StoredFile } from '#files'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, type Limit, Limiter, sha256Bytes, type Tx, type Upload } from '#platform'
import { checkAct } from './rules/application-state.js'
import { type EvidenceFile, evidenceField, evidenceLimits, planEvidence } from './rules/evidence.js'
import { type ApplicationRecord, readApplication } from './store/application-records.js'
import { ApplicationFileRow, ApplicationRow } from './store/entities.js'
import { readEvidence } from './store/evidence-records.js'

/** A file as it was chosen for a criterion. */
export interface GivenEvidence {
  criterion: string
  upload: Upload
}

const DAY_MINUTES = 24 * 60
/** So many files may come from one client, and for one application, in a day. */
const MAX_PER_CLIENT = 200
const MAX_PER_APPLICATION = 100
const RULES = { kinds: ['pdf', 'jpeg', 'png'] as const, maxBytes: evidenceLimits.maxFileBytes }

/** Files that back an application: with the draft until it is sent, then part of the version for good. */
@Injectable()
export class Evidence {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Files) private readonly files: Files,
    @Inject(Limiter) private readonly limiter: Limiter,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What the next version will carry. */
  ofDraft(applicationId: string, tx: Tx = this.database.read): Promise<EvidenceFile[]> {
    return readEvidence(tx, applicationId)
  }

  /**
   * Adds the files that are good, and says what is wrong with the others. The same file again with the same
   * criterion adds nothing, so a form that is sent twice does no harm.
   * @throws NotFoundException, RuleViolated `admission.notOpen`, `admission.tooManyUploads`
   */
  async add(applicationId: string, given: readonly GivenEvidence[], client: string): Promise<Violation[]> {
    if (given.length === 0) return []
    const wrong = await this.wrongOnes(given)
    const good = given.filter((_, at) => wrong[at]!.length === 0)
    return this.database.transaction(async (tx) => {
      await this.lockOpen(tx, applicationId)
      const limits: Limit[] = [
        { purpose: 'evidence.client', key: client, most: MAX_PER_CLIENT, minutes: DAY_MINUTES },
        {
          purpose: 'evidence.application',
          key: applicationId,
          most: MAX_PER_APPLICATION,
          minutes: DAY_MINUTES,
        },
      ]
      if (!(await this.limiter.room(tx, limits, given.length)))
        throw RuleViolated.of('admission.tooManyUploads')
      await this.limiter.count(tx, limits, given.length)
      return [...wrong.flat(), ...(await this.addGood(tx, applicationId, good))]
    })
  }

  /**
   * Takes a file out of what the next version will carry. What no version carries is erased. A repeat changes
   * nothing. @throws NotFoundException, RuleViolated `admission.notOpen`
   */
  async remove(applicationId: string, fileId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.lockOpen(tx, applicationId)
      const file = (await readEvidence(tx, applicationId)).find(({ id }) => id === fileId)
      if (!file) return
      const now = this.clock.now()
      await tx.getRepository(ApplicationFileRow).update({ fileId }, { removedAt: now })
      await tx.getRepository(ApplicationRow).update({ id: applicationId }, { savedAt: now })
      if (!isSent(application, fileId)) await this.files.erase(tx, fileId)
      await this.record(tx, applicationId, 'application.evidenceRemoved', file)
    })
  }

  /** A file of an application, for who may open it: the applicant all of them, others only what was sent. */
  async read(
    applicationId: string,
    fileId: string,
    reader: 'applicant' | 'staff',
  ): Promise<(StoredFile & { content: Buffer }) | null> {
    const row = await this.database.read
      .getRepository(ApplicationFileRow)
      .findOneBy({ fileId, applicationId })
    const application = row && (await readApplication(this.database.read, applicationId))
    if (!application || (reader === 'staff' && !isSent(application, fileId))) return null
    return this.files.read(fileId)
  }

  /** Adds files that came in another way, such as on paper. @throws RuleViolated with what is wrong */
  async enter(tx: Tx, applicationId: string, given: readonly GivenEvidence[]): Promise<void> {
    RuleViolated.throwIfAny((await this.wrongOnes(given)).flat())
    RuleViolated.throwIfAny(await this.addGood(tx, applicationId, given))
  }

  private async wrongOnes(given: readonly GivenEvidence[]): Promise<Violation[][]> {
    const all: Violation[][] = []
    for (const { criterion, upload } of given) {
      const found = await this.files.check(upload, RULES)
      all.push(found.map((violation) => ({ ...violation, path: evidenceField(criterion) })))
    }
    return all
  }

  private async addGood(tx: Tx, applicationId: string, good: readonly GivenEvidence[]): Promise<Violation[]> {
    const offered = good.map(({ criterion, upload: { name, content } }) => ({
      criterion,
      name,
      bytes: content.length,
      sha256: sha256Bytes(content),
    }))
    const { added, violations } = planEvidence(await readEvidence(tx, applicationId), offered)
    for (const at of added) {
      const { criterion, upload } = good[at]!
      const file = await this.files.keep(tx, upload, RULES, null)
      const row = { fileId: file.id, applicationId, criterion, addedAt: this.clock.now(), removedAt: null }
      await tx.getRepository(ApplicationFileRow).insert(row)
      await this.record(tx, applicationId, 'application.evidenceAdded', { ...file, criterion })
    }
    await tx.getRepository(ApplicationRow).update({ id: applicationId }, { savedAt: this.clock.now() })
    return violations
  }

  private async lockOpen(tx: Tx, id: string): Promise<ApplicationRecord> {
    const application = await readApplication(tx, id, 'lock')
    if (!application) throw new NotFoundException()
    RuleViolated.throwIfAny(checkAct(application.state, 'submit'))
    return application
  }

  private async record(tx: Tx, id: string, action: string, { criterion, bytes, sha256 }: EvidenceFile) {
    const details = { criterion, bytes, sha256 }
    await this.audit.record(tx, { actorId: null, action, subject: { kind: 'application', id }, details })
  }
}

/** Whether some version carries the file. */
function isSent({ versions }: ApplicationRecord, fileId: string): boolean {
  return versions.some(({ content }) =>
    content.criteria.some(({ evidence = [] }) => evidence.some(({ id }) => id === fileId)),
  )
}
