import { addDays, type Day, daysBetween, isDay, type Violation } from '#kernel'
import { type CaseEvent, type Standing, stepOf } from './standing.js'
import type { Act, Actor, CaseState, Direction, Ladder, Move } from './steps.js'

/** What somebody wants to do. */
export interface WantedAct {
  act: Act
  personId: string
  reason: string
  meetsOn: Day | null
  /** `14:30` */
  meetsAt: string | null
  dueOn: Day | null
}

interface Rules {
  direction: Direction
  ladder: Ladder
  startedOn: Day
  today: Day
}

/** An act that somebody may do now, and in whose name. */
export interface PermittedAct {
  act: Act
  actor: Actor
  to: CaseState | 'same'
}

/** The acts that do not need a reason: a day says enough, or a plan that is accepted. */
const WITHOUT_REASON: readonly Act[] = ['planConversation', 'acceptPlan', 'confirmTakeover']

export const needsReason = (act: Act): boolean => !WITHOUT_REASON.includes(act)

/** What somebody may do now, in the order of the table: first what moves the case on, then what always can. */
export function permittedActs(
  direction: Direction,
  { state, extended, moments }: Standing,
  able: readonly Actor[],
  personId: string,
): PermittedAct[] {
  const moves = Object.entries(stepOf(direction, state)?.acts ?? {}) as [Act, Move<CaseState>][]
  return moves.flatMap(([act, { by, to }]) => {
    const actor = by.find((one) => able.includes(one))
    const barred = !actor || (act === 'extend' && extended) || isOwnTakeover(act, moments, personId)
    return barred ? [] : [{ act, actor, to }]
  })
}

/** Taking the work over needs two: who proposes it, and a director who is somebody else. */
function isOwnTakeover(act: Act, moments: Standing['moments'], personId: string): boolean {
  const last = moments.findLast((one) => one.kind === 'act' && one.event.act === 'proposeTakeover')
  return act === 'confirmTakeover' && last?.kind === 'act' && last.event.by === personId
}

/**
 * What is in the way of an act. Codes: `intervention.ended`, `notNow`, `extendedOnce`, `notYours`, `otherPerson`,
 * `reasonNeeded`, `timeNeeded`, `meetingDay`, `heldDay`, `extensionDay`.
 */
export function checkAct(
  wanted: WantedAct,
  now: Standing<CaseEvent>,
  able: readonly Actor[],
  rules: Rules,
): Violation[] {
  const step = stepOf(rules.direction, now.state)
  if (!step) return [{ code: 'intervention.ended' }]
  const move = step.acts[wanted.act]
  if (!move) return [{ code: 'intervention.notNow' }]
  if (!move.by.some((one) => able.includes(one))) return [{ code: 'intervention.notYours' }]
  if (wanted.act === 'extend' && now.extended) return [{ code: 'intervention.extendedOnce' }]
  if (isOwnTakeover(wanted.act, now.moments, wanted.personId)) return [{ code: 'intervention.otherPerson' }]
  return [...checkDays(wanted, now, rules), ...checkReason(wanted)]
}

function checkReason({ act, reason }: WantedAct): Violation[] {
  return needsReason(act) && reason.trim() === ''
    ? [{ code: 'intervention.reasonNeeded', path: 'reden' }]
    : []
}

function checkDays(wanted: WantedAct, now: Standing, rules: Rules): Violation[] {
  const span = daysFor(wanted.act, now, rules)
  if (!span) return []
  const day = wanted.act === 'extend' ? wanted.dueOn : wanted.meetsOn
  const fits = isDay(day) && span.from <= day && day <= span.to
  const wrong = fits ? [] : [{ code: span.code, path: 'dag', params: { from: span.from, to: span.to } }]
  const timed = wanted.act !== 'planConversation' || /^([01]\d|2[0-3]):[0-5]\d$/.test(wanted.meetsAt ?? '')
  return timed ? wrong : [...wrong, { code: 'intervention.timeNeeded', path: 'tijd' }]
}

/** Between which days the day of an act has to be; null for an act without one. */
export function daysFor(
  act: Act,
  now: Standing,
  { direction, ladder, startedOn, today }: Rules,
): { from: Day; to: Day; code: string } | null {
  if (act === 'holdConversation') return { from: startedOn, to: today, code: 'intervention.heldDay' }
  if (act === 'planConversation') {
    const bounded = now.state === 'signalled' || now.state === 'mediating'
    const to = bounded ? now.dueOn! : addDays(today, ladder.conversationDays)
    return { from: today, to, code: 'intervention.meetingDay' }
  }
  if (act !== 'extend') return null
  const within = stepOf(direction, now.state)!.within
  const term = within in ladder ? ladder[within as keyof Ladder] : daysBetween(now.since, now.dueOn!)
  return { from: addDays(now.dueOn!, 1), to: addDays(now.dueOn!, term), code: 'intervention.extensionDay' }
}
