import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Members } from '#members'
import type { Tx } from '#platform'
import { Statutes } from '#statutes'
import type { DecisionType, PollRule } from '../rules/poll-rule.js'
import type { NewElector } from '../store/poll.store.js'

/** Who may vote on an assembly's day and by which rule: what a poll freezes when it opens. */
@Injectable()
export class Electorate {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
  ) {}

  /**
   * The members that may vote that day, by number, with their own delegates as casters. A supporting or
   * suspended member is not among them (BW 2:38). A member without delegate has no casters: it counts in the
   * electorate, but nobody can vote for it.
   * @throws RuleViolated `statutes.missing`
   */
  async on(day: Day, tx?: Tx): Promise<NewElector[]> {
    const members = (await this.members.asOf(day, tx)).filter(({ mayVote }) => mayVote)
    const delegates = new Map<string | null, string[]>()
    for (const { scopeId, personId } of await this.people.holders('delegate', day, tx)) {
      const known = delegates.get(scopeId)
      if (known) known.push(personId)
      else delegates.set(scopeId, [personId])
    }
    const weight = (await this.statutes.asOf(day, tx)).get('votesPerMember').value
    return members.map(({ id, number, name }) => ({
      memberId: id,
      memberNumber: number,
      memberName: name,
      weight,
      casterIds: delegates.get(id) ?? [],
      holderId: null,
      proxyId: null,
    }))
  }

  /**
   * How many proxies one member may hold that day.
   * @throws RuleViolated `statutes.missing`
   */
  async proxyCapOn(day: Day, tx?: Tx): Promise<{ most: number; article: string }> {
    const { value, article } = (await this.statutes.asOf(day, tx)).get('proxyCap')
    return { most: value, article }
  }

  /**
   * The rule for a poll on a motion: as {@link ruleOn}, and in a second assembly after a failed quorum without one.
   * The majority of the statutes stays.
   * @throws RuleViolated `statutes.missing`
   */
  async ruleFor(
    motion: { secondOf: string | null },
    day: Day,
    type: DecisionType | 'amendment',
    tx?: Tx,
  ): Promise<PollRule> {
    const rule = await this.ruleOn(day, type, tx)
    if (!motion.secondOf) return rule
    const { article } = (await this.statutes.asOf(day, tx)).get('secondAssembly')
    return { ...rule, quorum: { required: null, article } }
  }

  /**
   * The rule for a type of decision as the statutes have it that day. The law says nothing of amendments: where
   * the statutes don't either, they are ordinary decisions.
   * @throws RuleViolated `statutes.missing`
   */
  async ruleOn(day: Day, type: DecisionType | 'amendment', tx?: Tx): Promise<PollRule> {
    const book = await this.statutes.asOf(day, tx)
    const own = type !== 'amendment' || book.find('majority.amendment') ? type : 'ordinary'
    const majority = book.get(`majority.${own}`)
    const quorum = book.find(`quorum.${own}`) ?? book.get('quorum.ordinary')
    const tie = book.get('tieRule')
    const blank = book.get('blankVotes')
    const votes = book.get('votesPerMember')
    return {
      asOf: day,
      majority: { ...majority.value, article: majority.article },
      quorum: { required: quorum.value, article: quorum.article },
      blank: { counts: blank.value, article: blank.article },
      tie: { means: tie.value, article: tie.article },
      votesPerMember: { votes: votes.value, article: votes.article },
    }
  }
}
