import { Inject, Injectable } from '@nestjs/common'
import { type Cents, formatCents, RuleViolated } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { CooperativeSide } from './cooperative-side.service.js'
import { GuaranteeNotices, type ToldAct } from './guarantee-notices.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { positionOf, roomOf } from './rules/movements.js'
import { GuaranteeSigning } from './signing.service.js'
import { GuaranteeReleaseAnswerRow, GuaranteeReleaseRow } from './store/entities.js'
import { lockYears, readAllMovements } from './store/guarantee-register.store.js'
import { type Release, readReleases } from './store/release.store.js'

/** A decision to release a holder, as an officer sends it in. */
export interface ReleaseRequest {
  memberId: string
  cents: Cents
  /** Where the decision stands. */
  document: string
  reason: string
  requestKey: string
}

/**
 * Releasing a holder from its guarantee, in full or in part: the cooperative decides it with a reason and a document,
 * and it works once the holder signs. Only what is not called.
 */
@Injectable()
export class Releases {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(CooperativeSide) private readonly side: CooperativeSide,
    @Inject(GuaranteeRecords) private readonly records: GuaranteeRecords,
    @Inject(GuaranteeSigning) private readonly signing: GuaranteeSigning,
    @Inject(GuaranteeNotices) private readonly notices: GuaranteeNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The decisions that wait for these members' signatures; of all members when none are named. */
  async waiting(memberIds: readonly string[] | null, tx: Tx = this.database.read): Promise<Release[]> {
    return (await readReleases(tx, { memberIds })).filter(({ answer }) => answer === null)
  }

  async find(id: string, tx: Tx = this.database.read): Promise<Release | null> {
    return (await readReleases(tx, { id }))[0] ?? null
  }

  /**
   * Decides to release a holder. A repeat (same request key) decides nothing. One decision waits at a time.
   * @throws RuleViolated `guarantee.notAMember`, who may not, `guarantee.notPositive`, `guarantee.documentNeeded`,
   * `guarantee.reasonNeeded`, `guarantee.overRoom`, `guarantee.releaseWaits`
   */
  async decide(visitor: Visitor, request: ReleaseRequest): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockYears(tx)
      const member = await this.member(request.memberId, tx)
      await this.side.require(visitor, member.id, tx)
      const known = await readReleases(tx, { memberIds: [member.id] })
      if (known.some(({ requestKey }) => requestKey === request.requestKey)) return
      checkRequest(request)
      await this.checkRoom(tx, request)
      if (known.some(({ answer }) => answer === null)) throw RuleViolated.of('guarantee.releaseWaits')
      const { cents, requestKey } = request
      const [document, reason] = [request.document.trim(), request.reason.trim()]
      const id = this.ids.next()
      await tx.getRepository(GuaranteeReleaseRow).insert({
        ...{ id, memberId: member.id, cents, document, reason, requestKey },
        ...{ decidedAt: this.clock.now(), decidedBy: visitor.personId },
      })
      await this.record(
        tx,
        visitor,
        'releaseDecided',
        { id, memberId: member.id, cents, document, reason },
        member,
      )
    })
  }

  /**
   * The holder signs, and is released from today on. A repeat changes nothing.
   * @throws RuleViolated `guarantee.releaseUnknown`, `guarantee.notYourMember`, `guarantee.releaseAnswered`,
   * `guarantee.overRoom`
   */
  async sign(visitor: Visitor, id: string): Promise<void> {
    await this.answer(visitor, id, 'signed', async (tx, release, member) => {
      await this.checkRoom(tx, release)
      const { memberId, cents, document, reason } = release
      const onDay = this.clock.today()
      const movementId = await this.records.recordMovement(tx, {
        ...{ memberId, type: 'released', cents, onDay, document, reason, by: visitor.personId },
      })
      await this.signing.sign(tx, visitor, movementId, 'holder', {
        ...{
          act: 'released',
          memberId,
          memberNumber: member.number,
          cents,
          fromDay: onDay,
          reference: document,
        },
      })
      return { movementId, act: 'released', reason }
    })
  }

  /**
   * The holder does not want it. A repeat changes nothing.
   * @throws RuleViolated as {@link sign}, but for the room
   */
  async decline(visitor: Visitor, id: string, reason: string): Promise<void> {
    await this.answer(visitor, id, 'declined', async () => ({
      movementId: null,
      act: 'releaseDeclined',
      reason,
    }))
  }

  /**
   * The cooperative takes its decision back before the holder signed. A repeat changes nothing.
   * @throws RuleViolated `guarantee.releaseUnknown`, who may not, `guarantee.reasonNeeded`,
   * `guarantee.releaseAnswered`
   */
  async withdraw(visitor: Visitor, id: string, reason: string): Promise<void> {
    await this.answer(visitor, id, 'withdrawn', async () => {
      if (reason.trim() === '') throw RuleViolated.of('guarantee.reasonNeeded', undefined, 'reden')
      return { movementId: null, act: 'releaseWithdrawn', reason }
    })
  }

  private async answer(
    visitor: Visitor,
    id: string,
    answer: GuaranteeReleaseAnswerRow['answer'],
    work: (
      tx: Tx,
      release: Release,
      member: MemberOnDay,
    ) => Promise<{ movementId: string | null; act: ToldAct; reason: string }>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockYears(tx)
      const release = await this.find(id, tx)
      if (!release) throw RuleViolated.of('guarantee.releaseUnknown')
      if (answer === 'withdrawn') await this.side.require(visitor, release.memberId, tx)
      else if (!visitor.hasFor('delegate', release.memberId)) throw RuleViolated.of('guarantee.notYourMember')
      if (release.answer === answer) return
      if (release.answer) throw RuleViolated.of('guarantee.releaseAnswered')
      const member = await this.member(release.memberId, tx)
      const { movementId, act, reason } = await work(tx, release, member)
      await tx.getRepository(GuaranteeReleaseAnswerRow).insert({
        ...{ releaseId: id, answer, movementId, reason: reason.trim() },
        ...{ answeredAt: this.clock.now(), answeredBy: visitor.personId },
      })
      await this.record(tx, visitor, act, { ...release, reason: reason.trim() }, member)
    })
  }

  private async record(
    tx: Tx,
    visitor: Visitor,
    act: ToldAct,
    release: Pick<Release, 'id' | 'memberId' | 'cents' | 'document' | 'reason'>,
    member: MemberOnDay,
  ): Promise<void> {
    const { id, memberId, cents, document, reason } = release
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `guarantee.${act}`,
      subject: { kind: 'guaranteeRelease', id },
      details: { memberId, cents, reference: document, reason },
    })
    await this.notices.tell(tx, {
      ...{ act, id, member, cents, onDay: this.clock.today(), reference: document, reason },
      path: `/garanties/leden/${memberId}`,
    })
  }

  private async member(memberId: string, tx: Tx): Promise<MemberOnDay> {
    const member = await this.members.find(memberId, this.clock.today(), tx)
    if (!member) throw RuleViolated.of('guarantee.notAMember')
    return member
  }

  private async checkRoom(tx: Tx, { memberId, cents }: { memberId: string; cents: Cents }): Promise<void> {
    const today = this.clock.today()
    const room = roomOf(positionOf(await readAllMovements(tx, today), memberId, today))
    if (cents > room) throw RuleViolated.of('guarantee.overRoom', { room: formatCents(room) }, 'bedrag')
  }
}

function checkRequest({ cents, document, reason }: ReleaseRequest): void {
  RuleViolated.throwIfAny([
    ...(cents <= 0n ? [{ code: 'guarantee.notPositive', path: 'bedrag' }] : []),
    ...(document.trim() === '' ? [{ code: 'guarantee.documentNeeded', path: 'document' }] : []),
    ...(reason.trim() === '' ? [{ code: 'guarantee.reasonNeeded', path: 'reden' }] : []),
  ])
}
