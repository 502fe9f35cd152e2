import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { canonicalJson, RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, Limiter, sha256Hex, type Tx } from '#platform'
import { AdmissionNotices } from './admission-notices.js'
import { Criteria } from './criteria.service.js'
import { Evidence, type GivenEvidence } from './evidence.service.js'
import { checkDraft, checkStep, contentOf, kindOf } from './rules/application-content.js'
import { type ApplicationAct, checkAct } from './rules/application-state.js'
import { type Draft, type FilledStep, withStep } from './rules/steps.js'
import {
  type ApplicationRecord,
  nextReference,
  readApplication,
  type SubmittedVersion,
} from './store/application-records.js'
import { ApplicationRow, ApplicationVersionRow, ApplicationWithdrawalRow } from './store/entities.js'

const DAY_MINUTES = 24 * 60
/** So many applications may one client, and one address, start in a day. */
const MAX_PER_CLIENT = 20
const MAX_PER_ADDRESS = 5

/** Applying for membership, without an account: started, kept as typed, sent, answered, withdrawn. */
@Injectable()
export class Applying {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Criteria) private readonly criteria: Criteria,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(AdmissionNotices) private readonly notices: AdmissionNotices,
    @Inject(Limiter) private readonly limiter: Limiter,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  find(id: string): Promise<ApplicationRecord | null> {
    return readApplication(this.database.read, id)
  }

  /**
   * Starts an application and mails the link to go on. A repeat (same id) changes nothing.
   * @returns false when this client or address started too many today.
   */
  async start(id: string, applicant: { name: string; email: string }, client: string): Promise<boolean> {
    const address = applicant.email.trim().toLowerCase()
    const limits = [
      { purpose: 'application.address', key: address, most: MAX_PER_ADDRESS, minutes: DAY_MINUTES },
      { purpose: 'application.client', key: client, most: MAX_PER_CLIENT, minutes: DAY_MINUTES },
    ]
    return this.database.transaction(async (tx) => {
      const room = await this.limiter.room(tx, limits)
      if (await readApplication(tx, id)) return true
      if (!room) return false
      await this.limiter.count(tx, limits)
      await this.insert(tx, { id, address, draft: { naam: applicant.name, contactEmail: address } })
      await this.notices.started(tx, { id, name: applicant.name, address })
      return true
    })
  }

  /**
   * Keeps what was typed in a step, also where it is wrong. A repeat keeps the same.
   * @returns what is missing or wrong in the step.
   * @throws NotFoundException, RuleViolated `admission.notOpen`
   */
  async saveStep(id: string, step: FilledStep, sent: Draft): Promise<Violation[]> {
    return this.database.transaction(async (tx) => {
      const { draft } = await this.lock(tx, id, 'submit')
      const kept = withStep(draft, step, sent)
      await tx.getRepository(ApplicationRow).update({ id }, { draft: kept, savedAt: this.clock.now() })
      return checkStep(step, kept, await this.criteria.termsFor(kindOf(kept), tx))
    })
  }

  /**
   * Sends the application as it was kept; after a question together with the answer. A repeat leads to the
   * version that is waiting already.
   * @returns what is missing or wrong; empty when it was sent.
   * @throws NotFoundException, RuleViolated `admission.notOpen`
   */
  async submit(id: string, answer = ''): Promise<Violation[]> {
    return this.database.transaction(async (tx) => {
      const before = await readApplication(tx, id, 'lock')
      if (before?.state === 'submitted') return []
      const application = await this.lock(tx, id, 'submit')
      const asked = application.state === 'askedBack'
      const { content, violations } = await this.contentOf(tx, application)
      if (asked && answer.trim() === '')
        violations.push({ code: 'admission.missing.antwoord', path: 'antwoord' })
      if (violations.length > 0) return violations
      await this.insertVersion(tx, application, { ...content, answer: asked ? answer.trim() : '' })
      return []
    })
  }

  /** Withdraws an application that was not decided. A repeat changes nothing. @throws as {@link submit} */
  async withdraw(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await readApplication(tx, id, 'lock')
      if (before?.state === 'withdrawn') return
      await this.lock(tx, id, 'withdraw')
      await tx
        .getRepository(ApplicationWithdrawalRow)
        .insert({ applicationId: id, withdrawnAt: this.clock.now() })
      await this.record(tx, id, 'application.withdrawn')
    })
  }

  /**
   * Enters a complete application that came in another way, with its evidence and without mails.
   * @throws RuleViolated with what is missing
   */
  async receiveOnPaper(tx: Tx, draft: Draft, evidence: readonly GivenEvidence[] = []): Promise<string> {
    const id = this.ids.next()
    await this.insert(tx, { id, address: draft.contactEmail ?? '', draft })
    await this.evidence.enter(tx, id, evidence)
    const application = (await readApplication(tx, id))!
    const { content, violations } = await this.contentOf(tx, application)
    RuleViolated.throwIfAny(violations)
    await this.insertVersion(tx, application, { ...content, answer: '' }, 'silent')
    return id
  }

  private async contentOf(tx: Tx, { id, draft }: ApplicationRecord) {
    const terms = await this.criteria.termsFor(kindOf(draft), tx)
    const evidence = await this.evidence.ofDraft(id, tx)
    return { content: contentOf(draft, terms, evidence), violations: checkDraft(draft, terms) }
  }

  private async insert(tx: Tx, row: Pick<ApplicationRow, 'id' | 'address' | 'draft'>): Promise<void> {
    const now = this.clock.now()
    await tx.getRepository(ApplicationRow).insert({ ...row, startedAt: now, savedAt: now } as never)
    await this.record(tx, row.id, 'application.started')
  }

  private async insertVersion(
    tx: Tx,
    application: ApplicationRecord,
    content: SubmittedVersion['content'],
    mail: 'mail' | 'silent' = 'mail',
  ): Promise<void> {
    const now = this.clock.now()
    const reference = application.reference ?? (await nextReference(tx, this.clock.today().slice(0, 4)))
    await tx.getRepository(ApplicationRow).update({ id: application.id }, { reference })
    const text = canonicalJson(content)
    const version = {
      id: this.ids.next(),
      number: (application.versions[0]?.number ?? 0) + 1,
      sha256: sha256Hex(text),
      submittedAt: now,
    }
    await tx
      .getRepository(ApplicationVersionRow)
      .insert({ ...version, applicationId: application.id, content: text })
    await this.record(tx, application.id, 'application.submitted', {
      reference,
      version: version.number,
      sha256: version.sha256,
    })
    if (mail === 'mail')
      await this.notices.received(tx, { ...application, reference }, { ...version, content, review: null })
  }

  private async lock(tx: Tx, id: string, act: ApplicationAct): Promise<ApplicationRecord> {
    const application = await readApplication(tx, id, 'lock')
    if (!application) throw new NotFoundException()
    RuleViolated.throwIfAny(checkAct(application.state, act))
    return application
  }

  private async record(tx: Tx, id: string, action: string, details: Record<string, unknown> = {}) {
    await this.audit.record(tx, { actorId: null, action, subject: { kind: 'application', id }, details })
  }
}
