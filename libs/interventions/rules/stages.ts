import type { Moment } from './standing.js'
import type { CaseState, Direction } from './steps.js'

/** The rungs of the ladder as a reader sees them; the states lie on these. */
export const stages = {
  toCounterparty: ['signal', 'conversation', 'plan', 'improvement', 'intervention'],
  toCooperative: ['notice', 'mediation', 'assembly'],
} as const satisfies Record<Direction, readonly string[]>
export type Stage = (typeof stages)[Direction][number]

const stageOf: Partial<Record<CaseState, Stage>> = {
  signalled: 'signal',
  conversationPlanned: 'conversation',
  planDue: 'plan',
  planSubmitted: 'plan',
  improvedPlanDue: 'plan',
  improvedPlanSubmitted: 'plan',
  improving: 'improvement',
  judging: 'improvement',
  interventionOpen: 'intervention',
  takeoverProposed: 'intervention',
  guided: 'intervention',
  takenOver: 'intervention',
  noticeGiven: 'notice',
  answered: 'notice',
  mediating: 'mediation',
  assemblyOpen: 'assembly',
  onAgenda: 'assembly',
}

/** Where a case is on the ladder, rung by rung: a rung that silence skipped is never `done`. Empty when it has ended. */
export function rungs(
  direction: Direction,
  moments: readonly Moment[],
): { stage: Stage; state: 'done' | 'current' | 'todo' }[] {
  const current = stageOf[moments.at(-1)!.to]
  if (!current) return []
  const been = new Set(moments.map(({ to }) => stageOf[to]))
  if (moments.some(isConversation)) been.add('conversation')
  return stages[direction].map((stage) => ({
    stage,
    state: stage === current ? 'current' : been.has(stage) ? 'done' : 'todo',
  }))
}

/** A conversation that was never planned is no state of its own. */
function isConversation(moment: Moment): boolean {
  return moment.kind === 'act' && moment.event.act === 'holdConversation'
}
