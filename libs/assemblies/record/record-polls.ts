import { formatDecisionNumber } from '../rules/decision-number.js'
import type { RulingRow } from '../store/challenge.entities.js'
import type { PollLine } from '../store/record.store.js'

interface ChallengeOf {
  at: Date
  by: string
  reason: string
  demanding: number
  majorityAt: Date | null
}

/** One poll as the record says it, with what was disputed and ruled about it. */
export function recordedPoll(
  line: PollLine,
  challenge: ChallengeOf | undefined,
  rulings: readonly RulingRow[],
) {
  const {
    openedAt,
    closedAt,
    text,
    entered,
    byProxy,
    inAdvance,
    method,
    voidedAt,
    voidReason,
    revoteOf,
    replacedAt,
    replaces,
  } = line
  return {
    ...{ openedAt, closedAt, text, entered, byProxy, inAdvance, onPaper: method === 'paper' },
    result: resultOf(line),
    voided: voidedAt && { at: voidedAt, reason: voidReason ?? '' },
    isRevote: revoteOf !== null,
    replaces: replaces && formatDecisionNumber(replaces),
    challenge: challenge
      ? {
          ...{ at: challenge.at, by: challenge.by, reason: challenge.reason },
          ...{ demanding: challenge.demanding, majorityAt: challenge.majorityAt },
          replaced: replacedAt !== null,
        }
      : null,
    rulings: rulings.map(({ ruledAt, office, text: said, reason }) => ({
      at: ruledAt,
      office,
      text: said,
      reason,
    })),
  }
}

function resultOf(line: PollLine) {
  const {
    tally,
    present,
    electorate,
    quorumNeeded,
    quorumReached,
    reason,
    adopted,
    declaredAt,
    year,
    sequence,
  } = line
  if (!tally || !declaredAt || year === null || sequence === null) return null
  return {
    tally: { for: tally.for, against: tally.against, blank: tally.blank },
    quorum: { present: present!, electorate: electorate!, needed: quorumNeeded, reached: quorumReached! },
    reason: reason!,
    adopted: adopted!,
    declaredAt,
    decision: formatDecisionNumber({ year, sequence }),
  }
}
