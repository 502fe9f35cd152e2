import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Mandates } from '#mandates'
import { type MemberParticulars, Members } from '#members'
import { Audit, Clock, Database, type Tx, type Visitor, violatedConstraint } from '#platform'
import { Statutes } from '#statutes'
import { AdmissionNotices } from './admission-notices.js'
import { checkAct, type DecisionOutcome } from './rules/application-state.js'
import { checkDecision } from './rules/who-decides.js'
import {
  type ApplicationRecord,
  readApplication,
  type SubmittedVersion,
} from './store/application-records.js'
import { AdmissionDecisionRow } from './store/entities.js'

/** What a decision of the assembly on an application authorises. */
export const ADMISSION = 'admission'

const ATTEMPTS = 5
/** Somebody else took the number, or entered the person, just now: it goes well the next time. */
const TAKEN_MEANWHILE = ['members_number', 'people_email']

/** The organ that the statutes name admits or refuses. */
@Injectable()
export class Deciding {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Mandates) private readonly mandates: Mandates,
    @Inject(AdmissionNotices) private readonly notices: AdmissionNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records the decision; on admission also, in the same transaction, the member with the next free number,
   * its delegate and the welcome. The application is locked and has one decision, so of two at once one
   * stands. The same outcome again changes nothing.
   * @throws NotFoundException, RuleViolated `admission.alreadyDecided`, `admission.notAdvised`, and what
   * {@link checkDecision} finds
   */
  async decide(
    visitor: Visitor,
    id: string,
    decision: { outcome: DecisionOutcome; reason: string },
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((tx) => this.decideIn(tx, visitor, id, decision))
      } catch (error) {
        const again = TAKEN_MEANWHILE.includes(violatedConstraint(error) ?? '')
        if (!again || attempt >= ATTEMPTS) throw error
      }
    }
  }

  /**
   * Puts the application on the agenda of an assembly, when the assembly decides. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `admission.notAdvised`, `admission.notForAssembly`, and what
   * {@link Assemblies.submitMotion} throws
   */
  async putToAssembly(
    visitor: Visitor,
    id: string,
    assemblyId: string,
    text: (name: string) => { title: string; question: string; explanation: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await readApplication(tx, id, 'lock')
      const [version] = application?.versions ?? []
      if (!application || !version) throw new NotFoundException()
      RuleViolated.throwIfAny(checkAct(application.state, 'decide'))
      const organ = (await this.statutes.asOf(this.clock.today(), tx)).get('admissionOrgan')
      if (organ.value !== 'assembly') throw RuleViolated.of('admission.notForAssembly')
      await this.assemblies.submitMotion(tx, {
        ...text(version.content.organisation.name),
        assemblyId,
        decisionType: 'ordinary',
        authorises: { kind: ADMISSION, id },
        submittedBy: visitor.personId,
      })
    })
  }

  private async decideIn(
    tx: Tx,
    visitor: Visitor,
    id: string,
    { outcome, reason }: { outcome: DecisionOutcome; reason: string },
  ): Promise<void> {
    const application = await readApplication(tx, id, 'lock')
    const [version] = application?.versions ?? []
    if (!application || !version) throw new NotFoundException()
    if (application.decision) {
      if (application.decision.outcome === outcome) return
      throw RuleViolated.of('admission.alreadyDecided', { name: application.decision.byName })
    }
    RuleViolated.throwIfAny(checkAct(application.state, 'decide'))
    const organ = (await this.statutes.asOf(this.clock.today(), tx)).get('admissionOrgan')
    const authorising =
      organ.value === 'assembly' ? await this.assemblies.decisionAuthorising(tx, ADMISSION, id) : null
    RuleViolated.throwIfAny(
      checkDecision({
        organ: organ.value,
        outcome,
        reason,
        advice: version.review!.outcome,
        roles: visitor.roles.map(({ role }) => role),
        assemblyDecision: authorising,
      }),
    )
    const memberId = outcome === 'admitted' ? await this.admit(tx, visitor, application, version) : null
    await tx.getRepository(AdmissionDecisionRow).insert({
      applicationId: id,
      versionId: version.id,
      outcome,
      reason: reason.trim(),
      organ: organ.value,
      article: organ.article,
      decisionId: authorising?.id ?? null,
      memberId,
      intendedGuaranteeCents: version.content.intendedGuaranteeCents,
      decidedAt: this.clock.now(),
      decidedBy: visitor.personId,
    })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `application.${outcome}`,
      subject: { kind: 'application', id },
      details: {
        organ: organ.value,
        article: organ.article,
        decision: authorising?.number ?? null,
        memberId,
      },
    })
    if (outcome === 'refused') await this.notices.refused(tx, application, version, reason.trim())
  }

  /** @returns the member's id. */
  private async admit(
    tx: Tx,
    visitor: Visitor,
    application: ApplicationRecord,
    version: SubmittedVersion,
  ): Promise<string> {
    const { content } = version
    const [on, by] = [this.clock.today(), visitor.personId]
    const memberNumber = await this.nextNumber(tx)
    const memberId = await this.members.admit(tx, {
      number: memberNumber,
      name: content.organisation.name,
      kind: content.kind,
      on,
      details: particularsOf(content),
      by,
    })
    const known = await this.people.withAddress(content.delegate.email, tx)
    const personId = known?.id ?? (await this.people.add(tx, content.delegate))
    await this.giveMandate(tx, { memberId, personId, from: on, by })
    const delegate = {
      personId,
      name: known?.name ?? content.delegate.name,
      email: known?.email ?? content.delegate.email,
    }
    await this.notices.admitted(tx, application, version, { memberNumber, delegate })
    return memberId
  }

  /** Who may not act for this member too is told at the question what to decide; nothing is recorded then. */
  private async giveMandate(tx: Tx, mandate: Parameters<Mandates['enter']>[1]): Promise<void> {
    try {
      await this.mandates.enter(tx, mandate)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      throw new RuleViolated(error.violations.map((violation) => ({ ...violation, path: 'besluit' })))
    }
  }

  /** Numbers are never used again, so members of every day count. */
  private async nextNumber(tx: Tx): Promise<number> {
    const all = await this.members.asOf('9999-12-31', tx)
    return Math.max(0, ...all.map(({ number }) => number)) + 1
  }
}

/** What the application says of the organisation, as the register holds it; its contact becomes the registered one. */
function particularsOf({ organisation, neighbourhoods, contact }: SubmittedVersion['content']) {
  return {
    legalForm: organisation.legalForm,
    chamberNumber: organisation.chamberNumber,
    rsin: organisation.rsin,
    street: organisation.street,
    postalCode: organisation.postalCode,
    city: organisation.city,
    neighbourhoods: [...neighbourhoods].sort((a, b) => a - b),
    contactName: contact.name,
    contactEmail: contact.email,
    contactPhone: contact.phone || null,
  } satisfies Partial<MemberParticulars>
}
