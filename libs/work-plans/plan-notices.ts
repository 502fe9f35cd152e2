import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Notices } from '#notices'
import { Clock, type Role, type Tx } from '#platform'
import type { PlanAnswer } from './rules/course.js'

interface To {
  personId: string | null
  name: string
  email: string
}

/** The mails around the work plan. */
@Injectable()
export class PlanNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Asks the gemeente whether this is what was agreed. */
  async askMunicipality(
    tx: Tx,
    { year, version, sha256 }: { year: number; version: number; sha256: string },
  ): Promise<void> {
    await this.send(
      tx,
      'to-confirm',
      await this.holders(tx, 'municipality'),
      `${year}:${version}:${sha256}`,
      {
        ...{ year, version, path: `/werkplan/${year}` },
      },
    )
  }

  /** Tells the directors what the gemeente said. */
  async tellAnswer(
    tx: Tx,
    of: { year: number; version: number; sha256: string; answer: PlanAnswer; note: string; by: string },
  ): Promise<void> {
    const { year, version, answer, note, by } = of
    const model = { year, version, agreed: answer === 'agreed', note, by, path: `/werkplan/${year}` }
    await this.send(
      tx,
      'answered',
      await this.holders(tx, 'director'),
      `${year}:${version}:${of.sha256}`,
      model,
    )
  }

  /** Asks who may judge to look at what was proposed. */
  async askJudges(
    tx: Tx,
    { year, goalId, number, text }: { year: number; goalId: string; number: number; text: string },
  ): Promise<void> {
    await this.send(
      tx,
      'to-judge',
      await this.holders(tx, 'municipality', 'auditCommittee'),
      `${year}:${goalId}:${number}`,
      { year, goal: text, path: judgementPath(year, goalId) },
    )
  }

  /** Tells who proposed a judgement that somebody sees it differently. */
  async tellDispute(
    tx: Tx,
    of: { year: number; goalId: string; number: number; text: string; view: string; by: string },
    proposedBy: string,
  ): Promise<void> {
    const person = (await this.people.named([proposedBy], tx)).get(proposedBy)
    if (!person) return
    const { year, goalId, number, text, view, by } = of
    const model = { year, goal: text, view, by, path: judgementPath(year, goalId) }
    const to = { personId: proposedBy, name: person.name, email: person.email }
    await this.send(tx, 'disputed', [to], `${year}:${goalId}:${number}`, model)
  }

  private async holders(tx: Tx, ...roles: Role[]): Promise<To[]> {
    const found = new Map<string, To>()
    for (const role of roles)
      for (const holder of await this.people.holders(role, this.clock.today(), tx))
        found.set(holder.personId, holder)
    return [...found.values()]
  }

  private async send(tx: Tx, notice: string, to: readonly To[], key: string, model: object): Promise<void> {
    await this.notices.send(
      tx,
      to.map(({ personId, name, email }) => ({
        ...{ notice: `work-plans/${notice}`, to: { personId, name, email }, model },
        key: `work-plan-${notice}:${key}:${personId}`,
      })),
    )
  }
}

export function judgementPath(year: number, goalId: string): string {
  return `/werkplan/${year}/doelen/${goalId}/oordeel`
}
