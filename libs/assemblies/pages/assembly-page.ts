import { type Language, Messages, type Visitor } from '#platform'
import type { Electorate } from '../electorate.service.js'
import type { AssemblyReading } from '../reading.service.js'
import { assemblyPhase, checkAttendance } from '../rules/assembly-phase.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import { type DecisionType, type PollRule, verdictInput } from '../rules/poll-rule.js'
import { votesOf } from '../rules/tally.js'
import { verdict } from '../rules/verdict.js'
import type { AgendaMotion } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import type { NewElector } from '../store/poll.store.js'
import { ruleInWords, type Text, textsOf } from './page-text.js'

/** What the page of one assembly needs besides the visitor. */
export interface AssemblyPageSources {
  reading: AssemblyReading
  electorate: Electorate
  messages: Messages
  now: Date
  today: string
}

/** The model of `/alv/:id`: agenda, attendance and, for the chair, what to do next. */
export async function assemblyPage(
  sources: AssemblyPageSources,
  assembly: AssemblyRow,
  visitor: Visitor,
  lang: Language,
) {
  const { reading, electorate, now, today } = sources
  const text = textsOf(sources.messages, lang)
  const phase = assemblyPhase(assembly, now)
  const electors = await electorate.on(assembly.heldOn)
  const attendance = await reading.attendance(assembly.id)
  const agenda = await reading.agenda(assembly.id)
  const rules = new Map<DecisionType, PollRule>()
  for (const type of new Set<DecisionType>(['ordinary', ...agenda.map(({ decisionType }) => decisionType)])) {
    rules.set(type, await electorate.ruleOn(assembly.heldOn, type))
  }
  const isChair = visitor.has('chair')
  // One primary button on the page: the poll that is open, else the first one that can open.
  const pollIsOpen = agenda.some(({ pollId, closedAt }) => pollId && !closedAt)
  const firstToOpen = pollIsOpen ? undefined : agenda.find(({ pollId }) => !pollId)
  return {
    title: assembly.title,
    assembly,
    phase,
    phaseTone: phase === 'running' ? 'good' : 'neutral',
    presence: presence(electors, attendance, rules.get('ordinary')!),
    checkIn: {
      ...checkInOf(visitor, electors, attendance, checkAttendance(assembly, now, today).length === 0),
      kind: pollIsOpen ? 'secondary' : 'primary',
    },
    motions: agenda.map((motion) => ({
      ...motion,
      ...motionState(text, motion),
      rule: ruleInWords(text, rules.get(motion.decisionType)!),
      mayOpen: isChair && phase === 'running' && !motion.pollId,
      openKind: motion === firstToOpen ? 'primary' : 'secondary',
    })),
    chair: isChair && {
      withoutDelegate: electors.filter(({ casterIds }) => casterIds.length === 0),
      mayEnd: phase === 'running' && agenda.every(({ pollId, adopted }) => !pollId || adopted !== null),
    },
  }
}

/** Votes present against the quorum for ordinary decisions. */
function presence(electors: readonly NewElector[], attendance: ReadonlyMap<string, Date>, rule: PollRule) {
  const present = votesOf(electors.filter(({ memberId }) => attendance.has(memberId)))
  const electorate = votesOf(electors)
  const tally = { for: 0, against: 0, blank: 0, invalid: 0 }
  const { quorumNeeded, quorumReached } = verdict(verdictInput(rule, { tally, present, electorate }))
  const quorum = quorumNeeded === null ? 'noQuorum' : quorumReached ? 'reached' : 'missed'
  return { present, electorate, quorum, quorumNeeded, article: rule.quorum.article }
}

function checkInOf(
  visitor: Visitor,
  electors: readonly NewElector[],
  attendance: ReadonlyMap<string, Date>,
  possible: boolean,
) {
  const memberIds = visitor.scopesOf('delegate')
  const own = electors.filter(({ memberId }) => memberIds.includes(memberId))
  const arrived = memberIds.map((id) => attendance.get(id)).filter((at) => at !== undefined)
  return {
    isDelegate: memberIds.length > 0,
    votingMembers: own.map(({ memberName }) => memberName).join(', '),
    allArrived: memberIds.length > 0 && arrived.length === memberIds.length,
    arrivedAt: arrived.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    possible,
  }
}

function motionState(text: Text, motion: AgendaMotion) {
  if (motion.adopted !== null) {
    const number = formatDecisionNumber({ year: motion.year!, sequence: motion.sequence! })
    const state = motion.adopted ? 'adopted' : 'rejected'
    return { state: text(`motion.${state}`), tone: motion.adopted ? 'good' : 'bad', number, link: 'result' }
  }
  if (motion.closedAt) return { state: text('motion.closed'), tone: 'neutral', link: 'poll' }
  if (motion.pollId) return { state: text('motion.open'), tone: 'warn', link: 'open' }
  return { state: text('motion.waiting'), tone: 'neutral', link: null }
}
