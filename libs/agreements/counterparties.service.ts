import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { isEmailAddress, RuleViolated, type Violation } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { type CounterpartyKind, counterpartyKinds } from './rules/agreement.js'
import { sideOf } from './rules/negotiation.js'
import { insertCounterparty, listCounterparties } from './store/counterparty-records.js'
import type { Party } from './store/negotiation-records.js'

/** A counterparty to be entered, with who acts for it. */
export interface NewCounterparty {
  name: string
  kind: string
  /** The member that it is itself; empty when it is none. */
  memberId: string
  /** The members that take part in it. */
  participants: readonly string[]
  treasurer: { name: string; email: string }
  coordinator: { name: string; email: string }
}

/** The other parties to agreements, and who acts for them. */
@Injectable()
export class Counterparties {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
  ) {}

  /** Every counterparty, by name. */
  async all(tx: Tx = this.database.read): Promise<Party[]> {
    return listCounterparties(tx)
  }

  async find(id: string, tx: Tx = this.database.read): Promise<Party | null> {
    return (await listCounterparties(tx)).find((one) => one.id === id) ?? null
  }

  /** Those that a person may begin an agreement with, or for. */
  async choicesFor(visitor: Visitor, tx: Tx = this.database.read): Promise<Party[]> {
    const own = (await listCounterparties(tx)).filter((party) => sideOf(visitor, party) === 'counterparty')
    if (own.length > 0 || !visitor.has('serviceTeam', 'teamLead', 'director')) return own
    return listCounterparties(tx)
  }

  /**
   * Enters a counterparty, with its treasurer and coordinator from today on. Only the serviceteam, teamleider and
   * director do.
   * @throws RuleViolated with everything that is wrong: `agreement.notYourCounterparty`, `partyNameNeeded`,
   * `partyNameTaken`, `partyKindNeeded`, `partnersNeeded`, `unknownMember`, `treasurerNeeded`, `emailMalformed`,
   * `personNameNeeded`
   */
  async enter(tx: Tx, request: NewCounterparty, visitor: Visitor): Promise<Party> {
    if (!visitor.has('serviceTeam', 'teamLead', 'director'))
      throw RuleViolated.of('agreement.notYourCounterparty', {}, 'wederpartij')
    RuleViolated.throwIfAny(await this.violations(tx, request))
    const id = this.ids.next()
    const memberId = request.memberId || null
    const participants = [...new Set(request.participants)]
    const party = { id, name: request.name.trim(), kind: request.kind as CounterpartyKind, memberId }
    await insertCounterparty(tx, party, participants)
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'counterparty.entered',
      subject: { kind: 'counterparty', id },
      details: { name: party.name, kind: party.kind },
    })
    for (const role of ['treasurer', 'coordinator'] as const) {
      const { name, email } = request[role]
      if (email.trim() === '') continue
      const people = await this.people.addressed(tx, new Map([[email, name.trim()]]))
      const personId = people.get(email.trim().toLowerCase())!
      await this.people.assign(tx, {
        ...{ personId, role, scopeId: id, from: this.clock.today() },
        by: visitor.personId,
      })
    }
    return { ...party, participants }
  }

  private async violations(tx: Tx, request: NewCounterparty): Promise<Violation[]> {
    const found: Violation[] = []
    const wrong = (code: string, path: string) => found.push({ code, path })
    const name = request.name.trim()
    if (name === '' || name.length > 120) wrong('agreement.partyNameNeeded', 'naam')
    else if ((await listCounterparties(tx)).some((one) => one.name === name))
      wrong('agreement.partyNameTaken', 'naam')
    if (!counterpartyKinds.some((kind) => kind === request.kind))
      wrong('agreement.partyKindNeeded', 'soortWederpartij')
    const members = new Set((await this.members.asOf(this.clock.today(), tx)).map(({ id }) => id))
    const named = [...request.participants, ...(request.memberId ? [request.memberId] : [])]
    if (named.some((id) => !members.has(id))) wrong('agreement.unknownMember', 'deelnemers')
    if (request.kind === 'partnership' && new Set(request.participants).size < 2)
      wrong('agreement.partnersNeeded', 'deelnemers')
    if (request.treasurer.email.trim() === '') wrong('agreement.treasurerNeeded', 'penningmeesterEmail')
    for (const [role, path] of [
      ['treasurer', 'penningmeester'],
      ['coordinator', 'coordinator'],
    ] as const) {
      const person = request[role]
      if (person.email.trim() === '') continue
      if (!isEmailAddress(person.email.trim())) wrong('agreement.emailMalformed', `${path}Email`)
      if (person.name.trim() === '') wrong('agreement.personNameNeeded', `${path}Naam`)
    }
    return found
  }
}
