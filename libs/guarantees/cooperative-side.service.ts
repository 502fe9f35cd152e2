import { Inject, Injectable } from '@nestjs/common'
import { People, type Holder as Person } from '#identity'
import { RuleViolated } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { answeringRoles, refusalToAnswer, type Ties } from './rules/answering.js'
import { readCapHolders } from './store/guarantee-register.store.js'

/** Who speaks for the cooperative with a holder: not someone who acts for that holder. */
@Injectable()
export class CooperativeSide {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws RuleViolated `guarantee.ownHolder`, `guarantee.notForDirector`, `guarantee.onlyDirector` */
  async require(visitor: Visitor, memberId: string, tx: Tx): Promise<void> {
    const code = await this.refusal(visitor, memberId, tx)
    if (code) throw RuleViolated.of(code)
  }

  /** Whether the visitor may decide about this holder today. */
  async mayDecide(visitor: Visitor, memberId: string): Promise<boolean> {
    return (await this.refusal(visitor, memberId, this.database.read)) === null
  }

  /** Everyone who may decide about this holder today. */
  async deciders(memberId: string, tx: Tx): Promise<Person[]> {
    const roles = answeringRoles(await this.tiesOf(memberId, tx))
    const delegates = await this.delegatesOf(memberId, tx)
    const acting = new Set(delegates.map(({ personId }) => personId))
    const held: Person[] = []
    for (const role of roles) held.push(...(await this.people.holders(role, this.clock.today(), tx)))
    return held.filter(({ personId }) => !acting.has(personId))
  }

  /** Who acts for a member today. */
  async delegatesOf(memberId: string, tx: Tx): Promise<Person[]> {
    const delegates = await this.people.holders('delegate', this.clock.today(), tx)
    return delegates.filter(({ scopeId }) => scopeId === memberId)
  }

  private async refusal(visitor: Visitor, memberId: string, tx: Tx) {
    const roles = visitor.roles.map(({ role }) => role)
    const isDelegateOfHolder = visitor.hasFor('delegate', memberId)
    return refusalToAnswer({ roles, isDelegateOfHolder }, await this.tiesOf(memberId, tx))
  }

  private async tiesOf(memberId: string, tx: Tx): Promise<Ties> {
    const today = this.clock.today()
    const bound = await readCapHolders(tx, today, ['director', 'contractor'])
    const acting = new Set((await this.delegatesOf(memberId, tx)).map(({ personId }) => personId))
    const directors = await this.people.holders('director', today, tx)
    return {
      boundByCap: bound.includes(memberId),
      directorIsFree: directors.some(({ personId }) => !acting.has(personId)),
    }
  }
}
