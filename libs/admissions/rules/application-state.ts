import type { Violation } from '#kernel'

/** draft → submitted → asked back → submitted → advised → admitted or refused; withdrawn until the decision. */
export type ApplicationState =
  | 'draft'
  | 'submitted'
  | 'askedBack'
  | 'advised'
  | 'admitted'
  | 'refused'
  | 'withdrawn'

/** How the serviceteam ended the assessment of a version. */
export type ReviewOutcome = 'askedBack' | 'adviseAdmission' | 'adviseRefusal'
export type DecisionOutcome = 'admitted' | 'refused'

/** What was recorded of an application; its state follows from it. */
export interface ApplicationFacts {
  /** The number of the latest version, 0 while nothing was submitted. */
  version: number
  /** The assessment of the latest version. */
  review: ReviewOutcome | null
  decision: DecisionOutcome | null
  withdrawn: boolean
}

/** The state that follows from what was recorded. A decision stands, whatever else was recorded. */
export function stateOf({ version, review, decision, withdrawn }: ApplicationFacts): ApplicationState {
  if (decision) return decision
  if (withdrawn) return 'withdrawn'
  if (version === 0) return 'draft'
  if (review === 'askedBack') return 'askedBack'
  return review ? 'advised' : 'submitted'
}

const ACTS = {
  submit: ['draft', 'askedBack'],
  assess: ['submitted'],
  decide: ['advised'],
  withdraw: ['draft', 'submitted', 'askedBack', 'advised'],
} as const satisfies Record<string, readonly ApplicationState[]>

export type ApplicationAct = keyof typeof ACTS

const REFUSALS: Record<ApplicationAct, Violation> = {
  submit: { code: 'admission.notOpen' },
  assess: { code: 'admission.notWaiting' },
  decide: { code: 'admission.notAdvised' },
  withdraw: { code: 'admission.closed' },
}

/** Whether an act fits the state of an application. */
export function mayAct(state: ApplicationState, act: ApplicationAct): boolean {
  return (ACTS[act] as readonly ApplicationState[]).includes(state)
}

/** Why an act does not fit the state; empty when it does. */
export function checkAct(state: ApplicationState, act: ApplicationAct): Violation[] {
  return mayAct(state, act) ? [] : [REFUSALS[act]]
}
