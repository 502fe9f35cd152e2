import { addDays, type Day } from '#kernel'
import { interventionSteps } from './intervention-steps.js'
import { noticeOfDefaultSteps } from './notice-of-default-steps.js'
import {
  type Act,
  type Actor,
  type CaseState,
  type Direction,
  isEnding,
  type Ladder,
  type Step,
} from './steps.js'

/** How far the motion is by which a case was put to an assembly. */
export interface MotionFacts {
  state: 'pending' | 'decided' | 'withdrawn'
  heldOn: Day
  /** Of a decision that holds. */
  decision: { number: string; adopted: boolean; decidedOn: Day } | null
}

/** Something that somebody did in a case. */
export interface CaseEvent {
  act: Act
  actor: Actor
  by: string
  on: Day
  /** The day of a conversation. */
  meetsOn: Day | null
  /** The last day that an extension gives. */
  dueOn: Day | null
  motion: MotionFacts | null
}

/** What a case went through: what somebody did, or what followed because nobody did. */
export type Moment<Event extends CaseEvent = CaseEvent> =
  | { kind: 'act'; event: Event; to: CaseState; on: Day }
  | { kind: 'silence'; from: CaseState; to: CaseState; on: Day }
  | { kind: 'decision'; number: string; adopted: boolean; to: CaseState; on: Day }

/** Where a case is on a day. */
export interface Standing<Event extends CaseEvent = CaseEvent> {
  state: CaseState
  /** The first day of this state. */
  since: Day
  /** The last day for whose turn it is; null when the case has ended. */
  dueOn: Day | null
  /** Where the case is on the day after, when nobody does anything. */
  silence: CaseState | null
  turn: readonly Actor[]
  /** More time was given already, since this state began. */
  extended: boolean
  moments: readonly Moment<Event>[]
}

interface Place {
  state: CaseState
  since: Day
  dueOn: Day | null
  extended: boolean
}

/** The step of a state, or null for how a case ends. */
export function stepOf(direction: Direction, state: CaseState): Step<CaseState> | null {
  if (isEnding(state)) return null
  const steps: Partial<Record<CaseState, Step<CaseState>>> =
    direction === 'toCounterparty' ? interventionSteps : noticeOfDefaultSteps
  return steps[state] ?? null
}

/**
 * Where a case is on a day, what comes next and by when, and what happened by silence. Silence is never recorded: the
 * day after a last day the case is where silence leads, and the next term counts from that last day.
 * @param events in order, the first being `signal` or `giveNotice`; each was permitted when it was done
 * @param ladder the days of the agreement as they were when the case began
 */
export function standing<Event extends CaseEvent>(
  direction: Direction,
  events: readonly [Event, ...Event[]],
  ladder: Ladder,
  today: Day,
): Standing<Event> {
  const course = new Course<Event>(direction, ladder)
  for (const event of events) course.take(event)
  course.decide(events.findLast(({ act }) => act === 'putToAssembly')?.motion ?? null)
  course.wait(today)
  return course.standing()
}

/** Walks through the events of one case. */
class Course<Event extends CaseEvent> {
  private readonly moments: Moment<Event>[] = []
  private place: Place | null = null

  constructor(
    private readonly direction: Direction,
    private readonly ladder: Ladder,
  ) {}

  take(event: Event): void {
    if (!this.place) {
      this.enter(event, event.act === 'signal' ? 'signalled' : 'noticeGiven')
      return
    }
    this.wait(event.on)
    if (event.act === 'putToAssembly' && this.place.state === 'onAgenda') this.place.state = 'assemblyOpen'
    const to = stepOf(this.direction, this.place.state)?.acts[event.act]?.to
    if (!to) throw new Error(`${event.act} in ${this.place.state}`)
    if (to !== 'same') this.enter(event, to)
    else {
      if (event.act === 'extend') this.place = { ...this.place, dueOn: event.dueOn, extended: true }
      this.moments.push({ kind: 'act', event, to: this.place.state, on: event.on })
    }
  }

  /** What silence did up to and including this day. */
  wait(day: Day): void {
    for (;;) {
      const { state, dueOn } = this.place!
      const to = stepOf(this.direction, state)?.silence
      if (!to || !dueOn || dueOn >= day) return
      const on = addDays(dueOn, 1)
      this.moments.push({ kind: 'silence', from: state, to, on })
      this.place = this.placeOf(to, on, dueOn, null)
    }
  }

  /**
   * What the assembly did. A motion that left the agenda without a decision leaves the way to another assembly open;
   * when it left is not known, so the days count from the assembly or from what was done after it.
   */
  decide(motion: MotionFacts | null): void {
    if (this.place?.state !== 'onAgenda' || !motion) return
    if (motion.state === 'withdrawn') {
      const from = [motion.heldOn, this.moments.at(-1)!.on].sort().at(-1)!
      this.place = this.placeOf('assemblyOpen', this.place.since, from, null)
    }
    if (!motion.decision) return
    const { number, adopted, decidedOn: on } = motion.decision
    this.moments.push({ kind: 'decision', number, adopted, to: 'decided', on })
    this.place = { state: 'decided', since: on, dueOn: null, extended: false }
  }

  standing(): Standing<Event> {
    const place = this.place!
    const step = stepOf(this.direction, place.state)
    return { ...place, silence: step?.silence ?? null, turn: step?.turn ?? [], moments: this.moments }
  }

  private enter(event: Event, to: CaseState): void {
    this.moments.push({ kind: 'act', event, to, on: event.on })
    this.place = this.placeOf(to, event.on, event.on, event)
  }

  private placeOf(state: CaseState, since: Day, from: Day, event: Event | null): Place {
    const within = stepOf(this.direction, state)?.within
    return { state, since, dueOn: within ? this.lastDay(within, from, event) : null, extended: false }
  }

  private lastDay(within: Step['within'], from: Day, event: Event | null): Day | null {
    if (within === 'meetingDay') return event?.meetsOn ?? from
    if (within === 'assemblyDay') return event?.motion?.heldOn ?? null
    return addDays(from, this.ladder[within])
  }
}
