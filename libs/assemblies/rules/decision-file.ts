import { RuleViolated, type Violation } from '#kernel'
import { type Choice, isChoice } from './ballot.js'
import { parseDecisionNumber } from './decision-number.js'
import { checkPaperCount, isSameCount, type PaperCount, paperTotal } from './paper-count.js'
import { judge, type PollRule } from './poll-rule.js'
import { countElectors, votesOf } from './tally.js'
import type { Tally } from './verdict.js'

/** Everything that a decision of the assembly rests on, as it stands in its file; instants are ISO 8601 in UTC. */
export interface DecisionFile {
  decision: {
    number: string
    title: string
    question: string
    /** What was voted on, with its amendments; null when that is the question alone; not there in files of before. */
    text?: string | null
    adopted: boolean
    decidedOn: string
  }
  poll: {
    id: string
    assembly: string
    heldOn: string
    openedAt: string
    closedAt: string
    /** SHA-256 of {@link electorateText}, as it was shown while the poll was open; null in polls of before. */
    electorateHash: string | null
    /** How was voted; not there in files of before: then with ballots. */
    method?: 'digital' | 'paper'
  }
  rule: PollRule
  /** The electorate as it was frozen at the opening. */
  electors: {
    memberId: string
    memberNumber: number
    memberName: string
    weight: number
    /** The persons who could cast, by id. */
    casterIds: string[]
    /** The member that voted for this one, by which proxy; null when it voted itself. */
    holderId: string | null
    proxyId: string | null
    /** Whether the member was there when the poll closed. */
    checkedIn: boolean
  }[]
  ballots: {
    memberId: string
    choice: string
    castAt: string
    reference: string
    /** Whether the secretary entered it for a member in the hall. */
    entered: boolean
    /** Whether it was cast before the assembly; not there in files of before. */
    inAdvance?: boolean
  }[]
  /** Of a poll on paper: what the two officers entered, each apart, and the count sheets by their hashes. */
  paper?: {
    entries: { office: string; personId: string; count: PaperCount; countedAt: string }[]
    scans: { name: string; sha256: string }[]
  }
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
  /** What came after: it changes nothing of what was declared. */
  aftermath: {
    /** The decision in whose place this one came after a re-vote, and the one that came in its place. */
    replaces: string | null
    replacedBy: string | null
    challenge: {
      reason: string
      challengedAt: string
      lapsesAt: string
      /** When the majority of the votes present demanded a new vote; null when it did not. */
      majorityAt: string | null
      demanding: number
    } | null
    rulings: { text: string; reason: string; office: string; ruledAt: string }[]
    conflicts: { office: string; reason: string; declaredAt: string }[]
  }
}

/**
 * Counts a decision again from its file and holds it against what was declared. Empty when everything agrees.
 * Codes: `decisionFile.elector.twice`, `.elector.weight`, `.elector.holder`, `.ballot.twice`, `.ballot.noElector`,
 * `.ballot.choice`, `.ballot.outsidePoll`, `.declared.differs` (path: which figure), `.decision.differs`,
 * `.decision.number`, `.rule.unusable`, `.paper.missing`, `.paper.sameHand`, `.paper.differs`, `.paper.notACount`.
 */
export function checkDecisionFile(file: DecisionFile): Violation[] {
  const inLists = [...checkElectors(file), ...checkBallots(file), ...checkPaper(file)]
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
  // Who votes for another votes itself: proxies form no chain (BW 2:38 lid 4: to another who may vote).
  const selfVoting = new Set(electors.flatMap(({ memberId, holderId }) => (holderId ? [] : [memberId])))
  return electors.flatMap(({ memberId, memberName: name, weight, holderId, proxyId }) => [
    ...((holderId === null ? proxyId === null : proxyId !== null && selfVoting.has(holderId))
      ? []
      : [found('elector.holder', { name })]),
    ...(twice.has(memberId) ? [found('elector.twice', { name })] : []),
    ...(weight === rule.votesPerMember.votes ? [] : [found('elector.weight', { name })]),
  ])
}

function checkBallots({ electors, ballots, poll }: DecisionFile): Violation[] {
  const names = new Map(electors.map(({ memberId, memberName }) => [memberId, memberName]))
  const twice = repeated(ballots.map(({ memberId }) => memberId))
  return ballots.flatMap(({ memberId, choice, castAt, reference, inAdvance }) => {
    const params = { name: names.get(memberId) ?? memberId, reference }
    return [
      ...(names.has(memberId) ? [] : [found('ballot.noElector', params)]),
      ...(twice.has(memberId) ? [found('ballot.twice', params)] : []),
      ...(isChoice(choice) ? [] : [found('ballot.choice', params)]),
      ...(isInTime(poll, castAt, inAdvance) ? [] : [found('ballot.outsidePoll', params)]),
    ]
  })
}

/** Cast in advance it comes before the opening; else between the opening and the close. */
function isInTime(poll: DecisionFile['poll'], castAt: string, inAdvance = false): boolean {
  return inAdvance ? castAt < poll.openedAt : castAt >= poll.openedAt && castAt <= poll.closedAt
}

/** Four eyes: two people, each apart, the same numbers, which can be a count; all ballots are of before. */
function checkPaper({ poll, paper, electors, ballots }: DecisionFile): Violation[] {
  if (poll.method !== 'paper') return paper ? [found('paper.missing', {})] : []
  const [one, other, ...more] = paper?.entries ?? []
  if (!one || !other || more.length > 0 || paper!.scans.length === 0) return [found('paper.missing', {})]
  const voted = new Set(ballots.map(({ memberId }) => memberId))
  const room = votesOf(electors.filter(({ memberId }) => !voted.has(memberId)))
  return [
    ...(one.personId === other.personId ? [found('paper.sameHand', {})] : []),
    ...(isSameCount(one.count, other.count) ? [] : [found('paper.differs', {})]),
    ...(checkPaperCount(one.count, room).length > 0 ? [found('paper.notACount', {})] : []),
    ...(ballots.every(({ inAdvance }) => inAdvance) ? [] : [found('paper.missing', {})]),
  ]
}

function checkDeclared({ electors, ballots, rule, declared, paper }: DecisionFile): Violation[] {
  const chosen = new Map(ballots.map(({ memberId, choice }) => [memberId, choice as Choice]))
  const counted = electors.map(({ memberId, weight, checkedIn, holderId }) => ({
    ...{ memberId, weight, checkedIn, holderId },
    choice: chosen.get(memberId) ?? null,
  }))
  const count = paper ? paperTotal(paper.entries[0]!.count, counted) : countElectors(counted)
  try {
    const judged = { ...count, ...judge(rule, count) }
    const keys = Object.keys(judged) as (keyof typeof judged)[]
    return keys
      .filter((key) => asText(judged[key]) !== asText(declared[key]))
      .map((path) => ({
        ...found('declared.differs', {
          declared: asText(declared[path]),
          counted: asText(judged[path]),
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
