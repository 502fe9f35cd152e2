/**
 * Which way a case runs: the cooperative intervenes in the work of its counterparty, or the counterparty gives the
 * cooperative notice of default (subsidy application 2018, § 9.7: both are laid down in the agreement).
 */
export const directions = ['toCounterparty', 'toCooperative'] as const
export type Direction = (typeof directions)[number]

/** How many days each step takes, as agreed when the case began (the escalation ladder of an agreement). */
export interface Ladder {
  conversationDays: number
  recoveryPlanDays: number
  improvementDays: number
  answerDays: number
  mediationDays: number
}

/** In whose name somebody acts: serviceteam or teamleider, director, treasurer or coordinator, the chair. */
export const actors = ['staff', 'director', 'counterparty', 'chair'] as const
export type Actor = (typeof actors)[number]

export type InterventionState =
  | 'signalled'
  | 'conversationPlanned'
  | 'planDue'
  | 'planSubmitted'
  | 'improvedPlanDue'
  | 'improvedPlanSubmitted'
  | 'improving'
  | 'judging'
  | 'interventionOpen'
  | 'takeoverProposed'
  | 'guided'
  | 'takenOver'

export type NoticeOfDefaultState = 'noticeGiven' | 'answered' | 'mediating' | 'assemblyOpen' | 'onAgenda'

/** How a case ends: `lapsed` by silence, `settled` by the chair's mediation, `decided` by the ALV. */
export const endings = ['resolved', 'withdrawn', 'lapsed', 'concluded', 'settled', 'decided'] as const
export type Ending = (typeof endings)[number]

export type CaseState = InterventionState | NoticeOfDefaultState | Ending

/** Every act; `signal` and `giveNotice` begin a case. */
export const acts = [
  ...(['signal', 'planConversation', 'holdConversation', 'submitPlan', 'acceptPlan'] as const),
  ...(['returnPlan', 'rejectPlan', 'judgeInsufficient', 'resumeImprovement', 'beginGuidance'] as const),
  ...(['proposeTakeover', 'confirmTakeover', 'refuseTakeover', 'continueIntervention'] as const),
  ...(['conclude', 'giveNotice', 'answerNotice', 'askMediation', 'settle', 'endMediation'] as const),
  ...(['putToAssembly', 'respond', 'extend', 'resolve', 'withdraw'] as const),
] as const
export type Act = (typeof acts)[number]

/** Who may do something, and where it leads; `same`: the case stays where it is and its last day too. */
export interface Move<State extends string = string> {
  by: readonly Actor[]
  to: State | Ending | 'same'
}

/** One state of a case: whose turn it is, until when, what each may do, and where silence leads. */
export interface Step<State extends string = string> {
  turn: readonly Actor[]
  /** So many days of the agreement's ladder; or up to the day of the conversation, or of the assembly. */
  within: keyof Ladder | 'meetingDay' | 'assemblyDay'
  /** Where the case is from the day after the last one. Null: only the assembly ends the waiting. */
  silence: State | Ending | null
  acts: Partial<Record<Act, Move<State>>>
}

export type Steps<State extends string> = Readonly<Record<State, Step<State>>>

export function isEnding(state: CaseState): state is Ending {
  return (endings as readonly string[]).includes(state)
}
