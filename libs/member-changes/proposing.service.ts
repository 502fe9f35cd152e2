import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { type Day, RuleViolated, type Violation } from '#kernel'
import {
  legalForms,
  type MemberDetails,
  type MemberOnDay,
  Members,
  readChamberNumber,
  readIban,
  readPostalCode,
  readRsin,
} from '#members'
import { Audit, Clock, Database, Ids, isId, type Tx, type Visitor } from '#platform'
import { actorFor } from './actor.js'
import { ChangeNotices } from './change-notices.js'
import { hashOf, lastDetails } from './held-details.js'
import { applied, checkReason, differences, effectiveDay, pendingField, split } from './rules/change.js'
import type { FieldChange } from './rules/fields.js'
import { inputNames, readDay, readWanted, type Typed } from './rules/read-form.js'
import { isOpen } from './rules/state.js'
import { type ActingAs, actingAs, checkProposing } from './rules/who-may.js'
import {
  insertChange,
  insertEvent,
  lockMember,
  type MemberChange,
  nextReference,
  readChanges,
} from './store/change-records.js'

/** What a form for changes starts from. */
export interface ChangeBasis {
  member: MemberOnDay
  current: MemberDetails
  /** The first day from which a change can hold. */
  firstDay: Day
  /** Stands for `current`, so that a change that somebody else makes meanwhile is noticed. */
  basedOn: string
  as: ActingAs
  pending: MemberChange[]
}

/** A form that was read and found right, with what comes of it. */
export interface PreparedChange extends ChangeBasis {
  day: Day
  reason: string
  atOnce: FieldChange[]
  toConfirm: FieldChange[]
}

/** Asking for changes in a member's details: by its delegate or contact, or by the service team. */
@Injectable()
export class Proposing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(ChangeNotices) private readonly notices: ChangeNotices,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @throws RuleViolated `memberChange.notYours`, `memberChange.unknownMember` */
  async basis(visitor: Visitor, memberId: string, tx: Tx = this.database.read): Promise<ChangeBasis> {
    const today = this.clock.today()
    const member = await this.members.find(memberId, today, tx)
    const last = member && (await lastDetails(this.members, memberId, tx))
    if (!member || !last) throw RuleViolated.of('memberChange.unknownMember')
    const actor = actorFor(visitor, member)
    RuleViolated.throwIfAny(checkProposing(actor, []))
    const pending = (await readChanges(tx, { memberIds: [memberId], open: true })).filter(({ state }) =>
      isOpen(state),
    )
    const firstDay = effectiveDay(today, today, last.on)
    return { member, current: last, firstDay, basedOn: hashOf(last), as: actingAs(actor)!, pending }
  }

  /**
   * Reads a form without recording anything.
   * @throws RuleViolated every field that is wrong; `memberChange.changedMeanwhile`, `.nothingDiffers`,
   * `.alreadyPending` (params field, reference), `.laterDetails` (params day) and the codes of who may propose
   */
  async prepare(
    visitor: Visitor,
    memberId: string,
    typed: Typed,
    tx: Tx = this.database.read,
  ): Promise<PreparedChange> {
    const basis = await this.basis(visitor, memberId, tx)
    const { current, pending, firstDay } = basis
    const { wanted, violations } = readWanted(typed, current, await this.terms(basis, tx))
    const { day, violations: wrongDay } = this.readDay(typed.vanaf, firstDay)
    const changes = differences(current, wanted)
    const reason = (typed.reden ?? '').trim()
    RuleViolated.throwIfAny([
      ...(typed.stand === basis.basedOn ? [] : [{ code: 'memberChange.changedMeanwhile' }]),
      ...violations,
      ...wrongDay,
      ...(reason.length > 2000 ? [{ code: 'form.tooLong', path: 'reden' }] : []),
      ...checkProposing(actorFor(visitor, basis.member), changes),
      ...checkReason(changes, reason),
    ])
    if (changes.length === 0) throw RuleViolated.of('memberChange.nothingDiffers')
    RuleViolated.throwIfAny(alreadyPending(changes, pending))
    return { ...basis, day, reason, ...split(changes) }
  }

  /**
   * Records what a form asks: what is not sensitive holds at once, the rest waits for a second person. Two at
   * once wait for each other. A repeat (the form's key) records nothing and answers with the first.
   * @returns the id of the change that waits, or of the one that was carried out
   * @throws RuleViolated as `prepare`, and `memberChange.staleForm`
   */
  async propose(visitor: Visitor, memberId: string, typed: Typed): Promise<string> {
    const requestKey = typed.verzoek
    if (!isId(requestKey)) throw RuleViolated.of('memberChange.staleForm')
    return this.database.transaction(async (tx) => {
      await lockMember(tx, memberId)
      const [earlier] = (await readChanges(tx, { requestKey })).sort(waitingFirst)
      if (earlier) return sameRequest(earlier, visitor, memberId)
      const prepared = await this.prepare(visitor, memberId, typed, tx)
      const record = (changes: FieldChange[], sensitive: boolean) =>
        this.record(tx, visitor, prepared, changes, { sensitive, requestKey })
      const done = prepared.atOnce.length > 0 ? await record(prepared.atOnce, false) : null
      const waiting = prepared.toConfirm.length > 0 ? await record(prepared.toConfirm, true) : null
      return (waiting ?? done)!
    })
  }

  private async record(
    tx: Tx,
    visitor: Visitor,
    { member, current, day, reason, as, basedOn }: PreparedChange,
    changes: FieldChange[],
    { sensitive, requestKey }: { sensitive: boolean; requestKey: string },
  ): Promise<string> {
    const now = this.clock.now()
    const id = this.ids.next()
    const reference = await nextReference(tx, this.clock.today().slice(0, 4))
    const row = { id, reference, sensitive, holdsFrom: day, reason, basedOn, requestKey, proposedAs: as }
    await insertChange(
      tx,
      { ...row, memberId: member.id, proposedBy: visitor.personId, proposedAt: now },
      changes,
    )
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'memberChange.proposed',
      subject: { kind: 'memberChange', id },
      details: { memberId: member.id, reference, sensitive, fields: changes.map(({ field }) => field) },
    })
    if (!sensitive) {
      const details = { ...applied(current, changes), on: day }
      const why = this.notices.registerReason(reference, as, null)
      const detailsId = await this.members.describe(tx, member.id, details, visitor.personId, why)
      const event = { id: this.ids.next(), changeId: id, type: 'carriedOut' as const, reason: '', byAs: as }
      await insertEvent(tx, { ...event, byPerson: visitor.personId, detailsId, effectiveOn: day, at: now })
    }
    const [change] = await readChanges(tx, { id })
    await this.notices.tell(tx, change!, {
      member,
      contact: current,
      what: sensitive ? 'proposed' : 'recorded',
    })
    return id
  }

  private readDay(typed: string | undefined, firstDay: Day): { day: Day; violations: Violation[] } {
    const today = this.clock.today()
    const read = readDay(typed, today)
    if (read.violations.length > 0 || read.day >= firstDay) return read
    if ((typed ?? '').trim() === '') return { day: firstDay, violations: [] }
    const params = { day: firstDay }
    return { day: firstDay, violations: [{ code: 'memberChange.laterDetails', path: 'vanaf', params }] }
  }

  private async terms({ as, member }: ChangeBasis, tx: Tx) {
    const neighbourhoods = (await this.areas.neighbourhoods(tx)).map(({ number }) => number)
    const readers = { readIban, readPostalCode, readChamberNumber, readRsin }
    return {
      ...readers,
      legalForms,
      neighbourhoods,
      serviceTeam: as === 'serviceTeam',
      voting: member.kind === 'voting',
    }
  }
}

function alreadyPending(changes: readonly FieldChange[], pending: readonly MemberChange[]): Violation[] {
  return pending.flatMap((other): Violation[] => {
    const field = pendingField(changes, other.changes)
    if (!field) return []
    const params = { field, reference: other.reference }
    return [{ code: 'memberChange.alreadyPending', path: inputNames[field], params }]
  })
}

function sameRequest(earlier: MemberChange, visitor: Visitor, memberId: string): string {
  const same = earlier.memberId === memberId && earlier.proposedBy === visitor.personId
  if (!same) throw RuleViolated.of('memberChange.staleForm')
  return earlier.id
}

function waitingFirst(a: MemberChange, b: MemberChange): number {
  return Number(b.sensitive) - Number(a.sensitive)
}
