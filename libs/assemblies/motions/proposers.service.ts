import { Inject, Injectable } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Members } from '#members'
import { isId, type Tx, type Visitor } from '#platform'
import type { ProposingOrgan } from '../store/amendment.entities.js'

const organs: readonly ProposingOrgan[] = ['chair', 'secretary', 'director']

/** Who proposes: a member through its delegate, or an office. */
export interface Proposer {
  proposerMemberId: string | null
  proposerOrgan: ProposingOrgan | null
}

/** For whom a visitor can propose: `value` as the form has it; the name of a member, or the office. */
export interface ProposerOption {
  value: string
  memberName: string | null
  organ: ProposingOrgan | null
}

/** Members with a vote and offices propose motions and amendments; a supporting member speaks, and does not. */
@Injectable()
export class Proposers {
  constructor(@Inject(Members) private readonly members: Members) {}

  /** @param day the day of the assembly: who may vote then. */
  async optionsFor(visitor: Visitor, day: Day, tx?: Tx): Promise<ProposerOption[]> {
    const options: ProposerOption[] = []
    for (const id of visitor.scopesOf('delegate')) {
      const member = await this.members.find(id, day, tx)
      if (member?.mayVote) options.push({ value: `lid:${id}`, memberName: member.name, organ: null })
    }
    for (const organ of organs)
      if (visitor.has(organ)) options.push({ value: `functie:${organ}`, memberName: null, organ })
    return options
  }

  /** @throws RuleViolated `motion.noProposer` when the visitor does not propose for what was chosen */
  async chosen(visitor: Visitor, value: string, day: Day, tx?: Tx): Promise<Proposer> {
    const options = await this.optionsFor(visitor, day, tx)
    const found = options.find((option) => option.value === value)
    if (!found) throw RuleViolated.of('motion.noProposer', {}, 'namens')
    const memberId = found.organ ? null : value.slice('lid:'.length)
    return { proposerMemberId: isId(memberId) ? memberId : null, proposerOrgan: found.organ }
  }

  /** Whether the visitor acts for who proposed. What the board put on the agenda is for chair and secretary. */
  actsFor(visitor: Visitor, { proposerMemberId, proposerOrgan }: Proposer): boolean {
    if (proposerMemberId) return visitor.hasFor('delegate', proposerMemberId)
    return proposerOrgan ? visitor.has(proposerOrgan) : visitor.has('chair', 'secretary')
  }

  /** The names of these members, as of a day. */
  async names(memberIds: readonly (string | null)[], day: Day): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const id of new Set(memberIds)) {
      const member = id && (await this.members.find(id, day))
      if (member) names.set(member.id, member.name)
    }
    return names
  }
}
