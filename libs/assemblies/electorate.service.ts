import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Members } from '#members'
import type { Tx } from '#platform'
import { Statutes } from '#statutes'
import type { DecisionType, PollRule } from './rules/poll-rule.js'
import type { NewElector } from './store/poll.store.js'

/** Who may vote on an assembly's day and by which rule: what a poll freezes when it opens. */
@Injectable()
export class Electorate {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
  ) {}

  /**
   * The members that may vote that day, by number, with the persons who cast for them. A supporting or
   * suspended member is not among them (BW 2:38). A member without delegate has no casters: it counts in the
   * electorate, but nobody can vote for it.
   * @throws RuleViolated `statutes.missing`
   */
  async on(day: Day, tx?: Tx): Promise<NewElector[]> {
    const members = (await this.members.asOf(day, tx)).filter(({ mayVote }) => mayVote)
    const delegates = await this.people.holders('delegate', day, tx)
    const weight = (await this.statutes.asOf(day, tx)).get('votesPerMember').value
    return members.map(({ id, number, name }) => ({
      memberId: id,
      memberNumber: number,
      memberName: name,
      weight,
      casterIds: delegates.filter(({ scopeId }) => scopeId === id).map(({ personId }) => personId),
    }))
  }

  /**
   * The rule for a type of decision as the statutes have it that day.
   * @throws RuleViolated `statutes.missing`
   */
  async ruleOn(day: Day, type: DecisionType, tx?: Tx): Promise<PollRule> {
    const book = await this.statutes.asOf(day, tx)
    const majority = book.get(`majority.${type}`)
    const quorum = book.get(`quorum.${type}`)
    const blank = book.get('blankVotes')
    const votes = book.get('votesPerMember')
    return {
      asOf: day,
      majority: { ...majority.value, article: majority.article },
      quorum: { required: quorum.value, article: quorum.article },
      blank: { counts: blank.value, article: blank.article },
      votesPerMember: { votes: votes.value, article: votes.article },
    }
  }
}
