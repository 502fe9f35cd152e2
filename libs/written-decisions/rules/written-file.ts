import type { Violation } from '#kernel'
import { judgeUnanimity, type OutcomeReason, type WrittenChoice } from './unanimity.js'

/** What a decision without a meeting rests on, as it stands in its file; instants are ISO 8601 in UTC. */
export interface WrittenFile {
  decision: {
    number: string
    title: string
    question: string
    text?: string | null
    adopted: boolean
    decidedOn: string
  }
  course: {
    id: string
    reasoning: string
    decisionType: string
    proposedAt: string
    /** When the board recorded that it knew of the proposal, before the members were asked (BW 2:40 lid 2). */
    boardKnewAt: string
    openedAt: string
    openedOn: string
    closesOn: string
  }
  rule: { kind: 'unanimous'; article: string }
  electors: {
    memberId: string
    memberNumber: number
    memberName: string
    /** Whether the member might vote when it opened, and when it was counted: the latter decides. */
    atOpening: boolean
    atCount: boolean
  }[]
  answers: { memberId: string; choice: string; answeredAt: string; reference: string }[]
  declared: { asOf: string; adopted: boolean; reason: OutcomeReason; recordedAt: string }
}

/**
 * Judges a decision without a meeting again from its file. Empty when everything agrees. Codes:
 * `writtenFile.elector.twice`, `.answer.twice`, `.answer.noElector`, `.answer.choice`, `.answer.outside`,
 * `.board.late`, `.outcome.differs`, `.decision.differs`.
 */
export function checkWrittenFile(file: WrittenFile): Violation[] {
  const { course, electors, declared, decision } = file
  const twice = repeated(electors.map(({ memberId }) => memberId)).map((id) =>
    found('elector.twice', { name: nameOf(file, id) }),
  )
  const late = course.boardKnewAt <= course.openedAt ? [] : [found('board.late', {})]
  const judged = judgeUnanimity({
    entitled: electors.filter(({ atCount }) => atCount).map(({ memberId }) => memberId),
    answers: new Map(file.answers.map(({ memberId, choice }) => [memberId, choice as WrittenChoice])),
    closesOn: course.closesOn,
    // Recorded on a later day than it was counted for: the closing day was over.
    today: declared.reason === 'silent' ? '9999-12-31' : declared.asOf,
  })
  const agrees = judged === declared.reason && declared.adopted === (judged === 'unanimous')
  return [
    ...twice,
    ...late,
    ...checkAnswers(file),
    ...(agrees ? [] : [found('outcome.differs', { declared: declared.reason, judged: judged ?? 'open' })]),
    ...(decision.adopted === declared.adopted ? [] : [found('decision.differs', {})]),
  ]
}

function checkAnswers(file: WrittenFile): Violation[] {
  const { answers, electors, course, declared } = file
  const known = new Set(electors.map(({ memberId }) => memberId))
  const twice = new Set(repeated(answers.map(({ memberId }) => memberId)))
  return answers.flatMap(({ memberId, choice, answeredAt }) => {
    const params = { name: nameOf(file, memberId) }
    const inTime = answeredAt >= course.openedAt && answeredAt <= declared.recordedAt
    return [
      ...(known.has(memberId) ? [] : [found('answer.noElector', params)]),
      ...(twice.has(memberId) ? [found('answer.twice', params)] : []),
      ...(choice === 'for' || choice === 'against' ? [] : [found('answer.choice', params)]),
      ...(inTime ? [] : [found('answer.outside', params)]),
    ]
  })
}

function nameOf({ electors }: WrittenFile, id: string): string {
  return electors.find(({ memberId }) => memberId === id)?.memberName ?? id
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}

function found(code: string, params: Record<string, string>): Violation {
  return { code: `writtenFile.${code}`, params }
}
