import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { type Cents, RuleViolated, type Violation } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Notices } from '#notices'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { Guarantees, type GuaranteesOnDay, termsOf } from './guarantees.service.js'
import { checkPledge } from './rules/pledge.js'
import { GuaranteeMovementRow } from './store/entities.js'
import { findMovement, lockYears, nextReference } from './store/guarantee-register.store.js'

/** A pledge as a delegate sends it in. */
export interface PledgeRequest {
  memberId: string
  cents: Cents
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** A pledge as it was recorded. */
export interface RecordedPledge {
  id: string
  memberId: string
  memberName: string
  cents: Cents
  reference: string
  recordedAt: Date
}

/** Making a pledge: a contract between the member and the cooperative, so only its own delegate can (BW 2:59). */
@Injectable()
export class Pledges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Records a pledge of the visitor's own member, from today on. One at a time: each holds the lock on the
   * subsidy years while it checks and inserts, so that many together never pass the cap or what is required.
   * A repeat (same request key) records nothing and answers with the first.
   * @throws RuleViolated `guarantee.notYourMember`, `guarantee.notAMember`, `guarantee.noYear`,
   * `guarantee.notPositive`, `guarantee.capExceeded`, `guarantee.overRequired`, `guarantee.requestKeyReused`
   */
  async pledge(visitor: Visitor, request: PledgeRequest): Promise<{ id: string; repeated: boolean }> {
    if (!visitor.hasFor('delegate', request.memberId)) throw RuleViolated.of('guarantee.notYourMember')
    return this.database.transaction(async (tx) => {
      const today = this.clock.today()
      const year = (await lockYears(tx)).find(({ year }) => year <= Number(today.slice(0, 4)))
      const earlier = await findMovement(tx, { requestKey: request.requestKey })
      if (earlier) return { id: sameRequest(earlier, request).id, repeated: true }
      if (!year) throw RuleViolated.of('guarantee.noYear', { year: today.slice(0, 4) })
      const member = await this.members.find(request.memberId, today, tx)
      if (member?.status !== 'member') throw RuleViolated.of('guarantee.notAMember')
      const before = await this.guarantees.on(today, year, tx)
      RuleViolated.throwIfAny(violationsOf(before, request))
      const row = await this.insert(tx, visitor, request)
      await this.tell(tx, row, member, before)
      return { id: row.id, repeated: false }
    })
  }

  /** A pledge, for the page that confirms it; null when there is none with this id. */
  async find(id: string): Promise<RecordedPledge | null> {
    const row = await findMovement(this.database.read, { id })
    if (row?.type !== 'pledged') return null
    const member = await this.members.find(row.memberId, this.clock.today())
    const { memberId, cents, document, recordedAt } = row
    return { id, memberId, memberName: member?.name ?? '?', cents, reference: document, recordedAt }
  }

  private async insert(tx: Tx, visitor: Visitor, request: PledgeRequest): Promise<GuaranteeMovementRow> {
    const onDay = this.clock.today()
    const row: GuaranteeMovementRow = {
      id: this.ids.next(),
      memberId: request.memberId,
      type: 'pledged',
      cents: request.cents,
      onDay,
      document: await nextReference(tx, onDay.slice(0, 4)),
      requestKey: request.requestKey,
      recordedAt: this.clock.now(),
      recordedBy: visitor.personId,
    }
    await tx.getRepository(GuaranteeMovementRow).insert(row)
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'guarantee.pledged',
      subject: { kind: 'guaranteeMovement', id: row.id },
      details: { memberId: row.memberId, cents: row.cents, reference: row.document },
    })
    return row
  }

  /** Writes to the delegates of the holder and to the directors. */
  private async tell(
    tx: Tx,
    row: GuaranteeMovementRow,
    member: MemberOnDay,
    before: GuaranteesOnDay,
  ): Promise<void> {
    const delegates = await this.people.holders('delegate', row.onDay, tx)
    const directors = await this.people.holders('director', row.onDay, tx)
    const receivers = [...delegates.filter(({ scopeId }) => scopeId === member.id), ...directors]
    const unique = new Map(
      receivers.map(({ personId, name, email }) => [personId, { personId, name, email }]),
    )
    const model = {
      memberName: member.name,
      cents: row.cents.toString(),
      reference: row.document,
      recordedAt: row.recordedAt.toISOString(),
      pledgedCents: (before.coverage.pledgedCents + row.cents).toString(),
      requiredCents: before.coverage.requiredCents.toString(),
      path: `/garanties/toezeggingen/${row.id}`,
    }
    await this.notices.send(
      tx,
      [...unique.values()].map((to) => ({
        notice: 'guarantees/pledge-recorded',
        to,
        model,
        key: `pledge-recorded:${row.id}:${to.personId}`,
      })),
    )
  }
}

/** What stands in the way, with the names of the holders that the cap binds together. */
function violationsOf(before: GuaranteesOnDay, { memberId, cents }: PledgeRequest): Violation[] {
  const { year, rate, cap, capHolders, holders } = before
  const bound = { fraction: cap.value.fraction, holders: capHolders.map((holder) => holder.memberId) }
  const names = capHolders.map(({ name }) => name).join(', ')
  return checkPledge(termsOf(year, rate.value, bound, holders), { holder: memberId, cents }).map(
    (violation) => ({
      ...violation,
      path: 'bedrag',
      params: { ...violation.params, holders: names },
    }),
  )
}

function sameRequest(earlier: GuaranteeMovementRow, request: PledgeRequest): GuaranteeMovementRow {
  const same = earlier.memberId === request.memberId && earlier.cents === request.cents
  if (!same) throw RuleViolated.of('guarantee.requestKeyReused', { reference: earlier.document })
  return earlier
}
