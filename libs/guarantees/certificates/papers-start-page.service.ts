import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { Guarantees } from '../guarantees.service.js'
import { MeansDeclarations } from '../means/means-declarations.service.js'
import { lastDayOf } from '../rules/year-statement.js'
import { readLastMeans } from '../store/means.store.js'
import { YearStatements } from './year-statements.service.js'

/** The means that may be declared in January, and what was declared and stated, for the start page of a delegate. */
@Injectable()
export class GuaranteePapersStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(MeansDeclarations) private readonly declarations: MeansDeclarations,
    @Inject(YearStatements) private readonly statements: YearStatements,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** In January, while the reminders go: later in the year nobody is asked again. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const today = this.clock.today()
    const scopes = visitor.scopesOf('delegate')
    if (scopes.length === 0 || today.slice(5, 7) !== '01') return []
    const year = Number(today.slice(0, 4))
    if (!(await this.guarantees.years()).some((one) => one.year <= year)) return []
    const declared = await readLastMeans(this.database.read, year)
    const members = (await this.members.asOf(today)).filter(
      ({ id, status }) => scopes.includes(id) && status === 'member' && !declared.has(id),
    )
    return members.map(({ name }) => ({
      key: 'guarantees.means.task',
      values: { member: name, year: String(year) },
      href: `/garanties/draagkracht/${year}`,
      ...{ dueOn: `${year}-01-31`, openNow: false },
    }))
  }

  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const memberIds = visitor.scopesOf('delegate')
    if (memberIds.length === 0) return []
    const names = new Map((await this.members.asOf(this.clock.today())).map(({ id, name }) => [id, name]))
    const member = (id: string) => names.get(id) ?? '?'
    const declared = (await this.declarations.ownOf(visitor)).map(({ memberId, year, declaredAt }) => ({
      key: 'guarantees.means.happening',
      values: { member: member(memberId), year: String(year) },
      ...{ href: `/garanties/draagkracht/${year}`, at: declaredAt },
    }))
    const stated = (await this.statements.read({ memberIds })).flatMap(
      ({ content, year, memberId, madeAt }) =>
        content
          ? [
              {
                key: 'guarantees.statement.happening',
                values: {
                  ...{ member: member(memberId), year: String(year), day: lastDayOf(year) },
                  amount: formatCents(content.closing.acceptedCents),
                },
                ...{ href: `/garanties/jaaroverzicht/${year}`, at: madeAt },
              },
            ]
          : [],
    )
    return [...declared, ...stated]
  }
}
