import type { Day, Violation } from '#kernel'

/** How far a goal was reached. */
export const verdicts = ['met', 'partly', 'notMet'] as const
export type Verdict = (typeof verdicts)[number]

export type JudgeAnswer = 'confirmed' | 'disputed'

/** The last judgement of a goal: proposed by who carried the plan out, answered by who does not gain by it. */
export interface LastJudgement {
  verdict: Verdict
  proposedBy: string
  answer: JudgeAnswer | null
}

/** Where the judgement of a goal stands. */
export type JudgementState = 'none' | 'proposed' | 'disputed' | 'confirmed'

export function judgementState(last: LastJudgement | null): JudgementState {
  if (!last) return 'none'
  return last.answer ?? 'proposed'
}

const TEXT_LIMIT = 2000

/**
 * Whether a judgement on a goal can be proposed: once the plan is agreed and the year is over, and not while another
 * proposal waits or after one was confirmed. Codes: `judgement.notAgreed`, `judgement.yearNotOver`,
 * `judgement.waiting`, `judgement.confirmed`, `judgement.evidenceNeeded`, `judgement.evidenceTooLong`.
 */
export function checkProposing(
  { agreed, yearEnd, last }: { agreed: boolean; yearEnd: Day; last: LastJudgement | null },
  evidence: string,
  today: Day,
): Violation[] {
  if (!agreed) return [{ code: 'judgement.notAgreed' }]
  if (today <= yearEnd) return [{ code: 'judgement.yearNotOver' }]
  const state = judgementState(last)
  if (state === 'proposed') return [{ code: 'judgement.waiting' }]
  if (state === 'confirmed') return [{ code: 'judgement.confirmed' }]
  if (evidence === '') return [{ code: 'judgement.evidenceNeeded', path: 'bewijs' }]
  return evidence.length > TEXT_LIMIT ? [{ code: 'judgement.evidenceTooLong', path: 'bewijs' }] : []
}

/** Who answers on a judgement, and what ties this person to the payout. */
export interface Judge {
  personId: string
  /** Of the gemeente or the kascommissie. */
  isJudge: boolean
  /** Directs, runs or carries out what is judged. */
  carriesOut: boolean
  /** The organisations of this person that stood surety in the year, and so share in the risk margin. */
  gainsThrough: readonly string[]
}

/**
 * Whether a person can be a judge at all: whoever gains by the payout of the risk margin, or carried the plan out,
 * does not judge (subsidy application 2018: the payout depends on the agreements with the gemeente). Codes:
 * `judgement.notJudge`, `judgement.carriesOut`, `judgement.gains` (params `organisations`).
 */
export function checkJudge({ isJudge, carriesOut, gainsThrough }: Judge): Violation[] {
  if (!isJudge) return [{ code: 'judgement.notJudge' }]
  if (carriesOut) return [{ code: 'judgement.carriesOut' }]
  if (gainsThrough.length === 0) return []
  return [{ code: 'judgement.gains', params: { organisations: gainsThrough.join(', ') } }]
}

/**
 * Whether a judge can answer on the last judgement of a goal. Codes: those of {@link checkJudge},
 * `judgement.none`, `judgement.answered`, `judgement.ownProposal`, `judgement.viewNeeded`, `judgement.viewTooLong`.
 */
export function checkAnswer(
  last: LastJudgement | null,
  judge: Judge,
  { answer, view }: { answer: JudgeAnswer; view: string },
): Violation[] {
  const unfit = checkJudge(judge)
  if (unfit.length > 0) return unfit
  if (!last) return [{ code: 'judgement.none' }]
  if (last.answer) return [{ code: 'judgement.answered' }]
  if (last.proposedBy === judge.personId) return [{ code: 'judgement.ownProposal' }]
  if (answer === 'disputed' && view === '') return [{ code: 'judgement.viewNeeded', path: 'zienswijze' }]
  return view.length > TEXT_LIMIT ? [{ code: 'judgement.viewTooLong', path: 'zienswijze' }] : []
}

/** Whether all goals have a confirmed verdict, and whether all of these say that the goal was met. */
export function summaryOf(goals: readonly { verdict: Verdict | null }[]) {
  const allJudged = goals.length > 0 && goals.every(({ verdict }) => verdict !== null)
  return { allJudged, metAll: allJudged && goals.every(({ verdict }) => verdict === 'met') }
}
