import { RuleViolated, type Violation } from '#kernel'
import { type Choice, isChoice } from './ballot.js'
import { parseDecisionNumber } from './decision-number.js'
import { judge, type PollRule } from './poll-rule.js'
import { countElectors } from './tally.js'
import type { Tally } from './verdict.js'

/** Everything that a decision of the assembly rests on, as it stands in its file; instants are ISO 8601 in UTC. */
export interface DecisionFile {
  decision: { number: string; title: string; question: string; adopted: boolean; decidedOn: string }
  poll: { id: string; assembly: string; heldOn: string; openedAt: string; closedAt: string }
  rule: PollRule
  /** The electorate as it was frozen at the opening. */
  electors: {
    memberId: string
    memberNumber: number
    memberName: string
    weight: number
    /** Whether the member was there when the poll closed. */
    checkedIn: boolean
  }[]
  ballots: { memberId: string; choice: string; castAt: string; reference: string }[]
  declared: {
    tally: Tally
    present: number
    electorate: number
    base: number
    needed: number
    quorumNeeded: number | null
    quorumReached: boolean
    adopted: boolean
    reason: string
  }
}

/**
 * Counts a decision again from its file and holds it against what was declared. Empty when everything agrees.
 * Codes: `decisionFile.elector.twice`, `.elector.weight`, `.ballot.twice`, `.ballot.noElector`,
 * `.ballot.choice`, `.ballot.outsidePoll`, `.declared.differs` (path: which figure), `.decision.differs`,
 * `.decision.number`, `.rule.unusable`.
 */
export function checkDecisionFile(file: DecisionFile): Violation[] {
  const inLists = [...checkElectors(file), ...checkBallots(file)]
  const { number, adopted } = file.decision
  return [
    ...inLists,
    ...(parseDecisionNumber(number) ? [] : [found('decision.number', { number })]),
    ...(adopted === file.declared.adopted ? [] : [found('decision.differs', { number })]),
    ...(inLists.length === 0 ? checkDeclared(file) : []),
  ]
}

function checkElectors({ electors, rule }: DecisionFile): Violation[] {
  const twice = repeated(electors.map(({ memberId }) => memberId))
  return electors.flatMap(({ memberId, memberName: name, weight }) => [
    ...(twice.has(memberId) ? [found('elector.twice', { name })] : []),
    ...(weight === rule.votesPerMember.votes ? [] : [found('elector.weight', { name })]),
  ])
}

function checkBallots({ electors, ballots, poll }: DecisionFile): Violation[] {
  const names = new Map(electors.map(({ memberId, memberName }) => [memberId, memberName]))
  const twice = repeated(ballots.map(({ memberId }) => memberId))
  return ballots.flatMap(({ memberId, choice, castAt, reference }) => {
    const params = { name: names.get(memberId) ?? memberId, reference }
    return [
      ...(names.has(memberId) ? [] : [found('ballot.noElector', params)]),
      ...(twice.has(memberId) ? [found('ballot.twice', params)] : []),
      ...(isChoice(choice) ? [] : [found('ballot.choice', params)]),
      ...(castAt >= poll.openedAt && castAt <= poll.closedAt ? [] : [found('ballot.outsidePoll', params)]),
    ]
  })
}

function checkDeclared({ electors, ballots, rule, declared }: DecisionFile): Violation[] {
  const chosen = new Map(ballots.map(({ memberId, choice }) => [memberId, choice as Choice]))
  const count = countElectors(
    electors.map(({ memberId, weight, checkedIn }) => ({
      ...{ weight, checkedIn },
      choice: chosen.get(memberId) ?? null,
    })),
  )
  try {
    const counted = { ...count, ...judge(rule, count) }
    const keys = Object.keys(counted) as (keyof typeof counted)[]
    return keys
      .filter((key) => asText(counted[key]) !== asText(declared[key]))
      .map((path) => ({
        ...found('declared.differs', {
          declared: asText(declared[path]),
          counted: asText(counted[path]),
        }),
        path,
      }))
  } catch (error) {
    if (error instanceof RuleViolated) return [found('rule.unusable', {})]
    throw error
  }
}

function asText(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${key} ${part}`)
    .join(', ')
}

function repeated(ids: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(ids.filter((id) => seen.size === seen.add(id).size))
}

function found(code: string, params: Record<string, string>): Violation {
  return { code: `decisionFile.${code}`, params }
}
