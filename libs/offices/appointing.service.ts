import { Inject, Injectable } from '@nestjs/common'
import { Assemblies, isMeantAsDecisionNumber } from '#assemblies'
import { type HeldSpan, People } from '#identity'
import { type Day, RuleViolated, type Violation } from '#kernel'
import { Mandates } from '#mandates'
import { Members } from '#members'
import { Audit, Clock, Database, isId, type Tx, type Visitor, violatedConstraint } from '#platform'
import { Offices } from './offices.service.js'
import { type Office, officeRules } from './rules/offices.js'
import { checkConflicts, checkDays, checkSeats, overlap, type Span } from './rules/term.js'
import type { Appointer } from './store/entities.js'
import { insertOfficeEnding, lockOffices, readTerms } from './store/office-records.js'

/** Who is appointed to an office, on which days, and where that was decided. */
export interface Appointment extends Span {
  office: Office
  name: string
  email: string
  appointedBy: Appointer
  decision: string
  note: string
  requestKey: string
}

/** Recording who was appointed to an office, and that someone left it. */
@Injectable()
export class OfficeAppointing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Offices) private readonly offices: Offices,
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(Mandates) private readonly mandates: Mandates,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records an appointment; the person has the role that goes with it. Appointments wait for each other, so that
   * two at once can't take the same seat, nor give one person what does not go together. A repeat (same request
   * key) records nothing.
   * @throws RuleViolated `office.mayNotAppoint`, `office.directorMayNot`, `office.ownAppointment`,
   * `office.otherName` (params name), `office.notADelegate`, `office.directorsOrganisation`,
   * `office.decisionUnknown`, `office.decisionRejected`, `office.requestKeyReused`, and the codes of `checkDays`,
   * `checkSeats` and `checkConflicts`
   */
  async appoint(visitor: Visitor, appointment: Appointment): Promise<{ id: string; repeated: boolean }> {
    mayRecord(visitor, appointment.office)
    RuleViolated.throwIfAny(checkDays(appointment.office, appointment))
    try {
      return await this.database.transaction((tx) => this.appointIn(tx, visitor, appointment))
    } catch (error) {
      if (violatedConstraint(error) !== 'office_terms_request') throw error
      throw RuleViolated.of('office.requestKeyReused')
    }
  }

  /**
   * Records that someone leaves an office sooner than was said. The same end again changes nothing.
   * @param on the first day on which it no longer holds
   * @throws RuleViolated `office.mayNotAppoint`, `office.unknown`, `office.reasonMissing`, `office.endOutsideTerm`,
   * `office.endedAlready`
   */
  async end(visitor: Visitor, termId: string, { on, reason }: { on: Day; reason: string }): Promise<void> {
    if (!reason.trim()) throw RuleViolated.of('office.reasonMissing', {}, 'reden')
    await this.database.transaction(async (tx) => {
      await lockOffices(tx)
      const [term] = isId(termId) ? await readTerms(tx, { id: termId }) : []
      if (!term) throw RuleViolated.of('office.unknown')
      mayRecord(visitor, term.office)
      if (term.endedAt && term.until === on) return
      if (term.endedAt) throw RuleViolated.of('office.endedAlready')
      if (on <= term.from || (term.until !== null && on >= term.until))
        throw RuleViolated.of('office.endOutsideTerm', {}, 'dag')
      const by = visitor.personId
      const ending = {
        termId,
        endsOn: on,
        reason: reason.trim(),
        recordedBy: by,
        recordedAt: this.clock.now(),
      }
      await insertOfficeEnding(tx, ending)
      await this.people.endRole(tx, term.assignmentId, on, by)
      await this.log(tx, 'office.ended', termId, by, {
        office: term.office,
        personId: term.personId,
        on,
        reason,
      })
    })
  }

  private async appointIn(tx: Tx, visitor: Visitor, appointment: Appointment) {
    const { office, from, until, requestKey, appointedBy, note } = appointment
    await lockOffices(tx)
    const [earlier] = await readTerms(tx, { requestKey })
    if (earlier) {
      if (earlier.office !== office) throw RuleViolated.of('office.requestKeyReused')
      return { id: earlier.id, repeated: true }
    }
    const personId = await this.personOf(tx, appointment)
    if (personId === visitor.personId) throw RuleViolated.of('office.ownAppointment', {}, 'email')
    await this.people.lock(tx, personId)
    const decision = appointment.decision.trim()
    const held = await this.people.heldBy(personId, tx)
    RuleViolated.throwIfAny([
      ...checkSeats(office, { personId, from, until }, await readTerms(tx, { office })),
      ...checkConflicts(office, appointment, held),
      ...(await this.checkMembers(tx, appointment, held)),
      ...(await this.checkDecision(tx, decision)),
    ])
    const by = visitor.personId
    const term = { office, personId, from, until, appointedBy, decision, note: note.trim(), by, requestKey }
    const id = await this.offices.enter(tx, term)
    await this.log(tx, 'office.appointed', id, by, { office, personId, from, until, appointedBy, decision })
    return { id, repeated: false }
  }

  private async personOf(tx: Tx, { name, email }: Appointment): Promise<string> {
    const known = await this.people.withAddress(email, tx)
    if (known && plain(known.name) !== plain(name))
      throw RuleViolated.of('office.otherName', { name: known.name }, 'naam')
    const address = email.trim().toLowerCase()
    return known?.id ?? (await this.people.addressed(tx, new Map([[address, name.trim()]]))).get(address)!
  }

  /** Ambassadors act for a voting member; who acts for the director's own organisation checks no accounts. */
  private async checkMembers(tx: Tx, { office, from, until }: Appointment, held: readonly HeldSpan[]) {
    const violations: Violation[] = []
    const acting = held.filter((one) => one.role === 'delegate' && overlap(one, { from, until }))
    if (officeRules[office].fromMembers) {
      let isChosen = false
      for (const one of acting.filter((held) => held.from <= from))
        isChosen ||= (await this.members.find(one.scopeId!, from, tx))?.kind === 'voting'
      if (!isChosen) violations.push({ code: 'office.notADelegate', path: 'email' })
    }
    if (office !== 'auditCommittee' || acting.length === 0) return violations
    const directors = (await this.offices.onDay(from, undefined, tx)).director.map(({ personId }) => personId)
    for (const { scopeId } of acting) {
      const { delegate, substitute } = await this.mandates.actingFor(scopeId!, from, undefined, tx)
      if ([delegate, substitute].some((one) => one && directors.includes(one.personId)))
        violations.push({ code: 'office.directorsOrganisation', path: 'email' })
    }
    return violations
  }

  /** A number of our own register has to be there, and adopted; anything else is where to find it on paper. */
  private async checkDecision(tx: Tx, decision: string): Promise<Violation[]> {
    if (!isMeantAsDecisionNumber(decision)) return []
    const found = await this.assemblies.decisionNumbered(decision, tx)
    const problem = (code: string) => [{ code, params: { number: decision }, path: 'besluit' }]
    if (!found) return problem('office.decisionUnknown')
    return found.adopted ? [] : problem('office.decisionRejected')
  }

  private log(tx: Tx, action: string, id: string, actorId: string, details: Record<string, unknown>) {
    return this.audit.record(tx, { actorId, action, subject: { kind: 'office', id }, details })
  }
}

/**
 * Whether this person may record it: the secretary or the administrator; who checks the director is not for a
 * director to appoint (BW 2:48 lid 2).
 */
function mayRecord(visitor: Visitor, office: Office): void {
  if (!visitor.has('secretary', 'admin')) throw RuleViolated.of('office.mayNotAppoint')
  if (office === 'auditCommittee' && visitor.has('director')) throw RuleViolated.of('office.directorMayNot')
}

const plain = (name: string) => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('nl')
