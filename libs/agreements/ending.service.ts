import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, longDay, type Visitor } from '#platform'
import { AgreementNotices } from './agreement-notices.js'
import { checkTermination, endAfterNotice } from './rules/ending.js'
import { capacityOf, sideOf } from './rules/negotiation.js'
import { SignedAgreements } from './signed-agreements.service.js'
import { insertTermination, lockSignedAgreements, moveEnd } from './store/signing-records.js'

/** One party gives notice: the agreement ends when the agreed months are over. */
@Injectable()
export class AgreementEnding {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(SignedAgreements) private readonly signed: SignedAgreements,
    @Inject(AgreementNotices) private readonly notices: AgreementNotices,
  ) {}

  /**
   * Gives notice for the visitor's party, with the reason; everyone of both parties gets notice. Once per signed
   * version: a repeat by the same person changes nothing.
   * @throws NotFoundException, RuleViolated `agreement.mayNotSign`, `agreement.reasonNeeded`, of `checkTermination`
   */
  async giveNotice(areaSlug: string, reason: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockSignedAgreements(tx)
      const known = await this.signed.find(areaSlug, tx)
      if (!known) throw new NotFoundException()
      const { agreement, party, terminations, versions } = known
      const [side, capacity] = [sideOf(visitor, party), capacityOf(visitor, party)]
      if (!side || !capacity) throw RuleViolated.of('agreement.mayNotSign')
      const version = versions[0]!.number
      const earlier = terminations.find((one) => one.version === version)
      if (earlier?.personId === visitor.personId) return
      const [today, { noticeMonths }] = [this.clock.today(), agreement.versions.at(-1)!.terms]
      const course = { ...agreement, terminated: earlier !== undefined }
      RuleViolated.throwIfAny(checkTermination(course, today, noticeMonths))
      if (reason.trim() === '') throw RuleViolated.of('agreement.reasonNeeded', {}, 'reden')
      const endsOn = endAfterNotice(today, noticeMonths)
      await insertTermination(tx, {
        ...{ agreementId: agreement.id, version, side, reason: reason.trim().slice(0, 2000), endsOn },
        ...{ endedBefore: agreement.endsOn, personId: visitor.personId, name: visitor.name },
        givenAt: this.clock.now(),
      })
      await moveEnd(tx, agreement.id, endsOn)
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'agreement.terminated',
        subject: { kind: 'agreement', id: agreement.id },
        details: { side, endsOn },
      })
      await this.notices.toAll(tx, party, {
        notice: 'terminated',
        key: `agreement-terminated:${agreement.id}:${version}`,
        model: {
          ...{ area: agreement.areaName, by: visitor.name, reason: reason.trim() },
          ...{ day: longDay('nl', endsOn), path: `/afspraken/${areaSlug}` },
        },
      })
    })
  }
}
