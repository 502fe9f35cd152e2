import { type Language, Messages, type Visitor } from '#platform'
import type { Hall, HallNow } from '../hall/hall.service.js'
import type { Electorate } from '../polls/electorate.service.js'
import type { AssemblyReading } from '../reading.service.js'
import { type AdvanceRule, checkAdvance } from '../rules/advance.js'
import { assemblyPhase, checkAttendance } from '../rules/assembly-phase.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { DecisionType, PollRule } from '../rules/poll-rule.js'
import { proxyStateAt } from '../rules/proxies.js'
import type { AgendaMotion } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { minutesOptions } from './minutes-options.js'
import { ruleInWords, type Text, textsOf } from './page-text.js'

/** What the page of one assembly needs besides the visitor. */
export interface AssemblyPageSources {
  reading: AssemblyReading
  electorate: Electorate
  hall: Hall
  messages: Messages
  /** What the statutes say of voting in advance. */
  advance: AdvanceRule | null
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
  const hall = await sources.hall.now(assembly)
  const { electors } = hall
  const agenda = await reading.agenda(assembly.id)
  const rules = new Map<string, PollRule>()
  for (const type of new Set<DecisionType>(['ordinary', ...agenda.map(({ decisionType }) => decisionType)])) {
    rules.set(type, await electorate.ruleOn(assembly.heldOn, type))
  }
  for (const motion of agenda) {
    if (!motion.secondOf) continue
    rules.set(motion.secondOf, await electorate.ruleFor(motion, assembly.heldOn, motion.decisionType))
  }
  const isChair = visitor.has('chair')
  // One primary button on the page: the poll that is open, else the first one that can open.
  const pollIsOpen = agenda.some(({ pollId, closedAt }) => pollId && !closedAt)
  const firstToOpen = pollIsOpen
    ? undefined
    : agenda.find(
        ({ pollId, withdrawnAt, amendmentsPending }) => !pollId && !withdrawnAt && !amendmentsPending,
      )
  return {
    title: assembly.title,
    assembly,
    minutes: minutesOptions(text),
    phase,
    phaseTone: phase === 'running' ? 'good' : 'neutral',
    presence: presence(hall),
    seesHall: visitor.has('chair', 'secretary'),
    checkIn: {
      ...checkInOf(visitor, hall, checkAttendance(assembly, now, today).length === 0),
      kind: pollIsOpen ? 'secondary' : 'primary',
    },
    motions: agenda.map((motion) => ({
      ...motion,
      ...motionState(text, motion),
      rule: ruleInWords(text, rules.get(motion.secondOf ?? motion.decisionType)!),
      advanceHref: mayVoteInAdvance(sources, assembly, motion, visitor)
        ? `/voorstellen/${motion.id}/vooraf-stemmen`
        : null,
      href: `/voorstellen/${motion.id}`,
      pending: !motion.withdrawnAt && motion.amendmentsPending,
      mayOpen:
        isChair && phase === 'running' && !motion.pollId && !motion.withdrawnAt && !motion.amendmentsPending,
      openKind: motion === firstToOpen ? 'primary' : 'secondary',
    })),
    proposing: phase !== 'ended' &&
      visitor.has('delegate', 'chair', 'secretary', 'director') && {
        allowed: assembly.motionsAllowedAt !== null,
        mayAllow: isChair,
      },
    chair: isChair && {
      withoutDelegate: electors.filter(({ casterIds }) => casterIds.length === 0),
      mayEnd: phase === 'running' && agenda.every(({ pollId, adopted }) => !pollId || adopted !== null),
    },
  }
}

function mayVoteInAdvance(
  { advance, now }: AssemblyPageSources,
  assembly: AssemblyRow,
  { withdrawnAt, pollId }: AgendaMotion,
  visitor: Visitor,
): boolean {
  const convened = assembly.convenedOn !== null
  const state = { withdrawn: withdrawnAt !== null, polled: pollId !== null, convened }
  return visitor.has('delegate') && checkAdvance({ rule: advance, assembly, ...state }, now).length === 0
}

/** Votes present and represented against the quorum for ordinary decisions. */
function presence({ quorum: { present, represented, electorate, needed, reached }, rule }: HallNow) {
  const quorum = needed === null ? 'noQuorum' : reached ? 'reached' : 'missed'
  const there = present + represented
  return { present: there, electorate, quorum, quorumNeeded: needed, article: rule.quorum.article }
}

function checkInOf(visitor: Visitor, { electors, present, log, proxies, now }: HallNow, possible: boolean) {
  const memberIds = visitor.scopesOf('delegate')
  const own = electors.filter(({ memberId }) => memberIds.includes(memberId))
  const there = memberIds.filter((id) => present.has(id))
  const arrivals = there.map((id) => log.findLast(({ memberId }) => memberId === id)!.at)
  return {
    isDelegate: memberIds.length > 0,
    votingMembers: own.map(({ memberName }) => memberName).join(', '),
    allArrived: memberIds.length > 0 && there.length === memberIds.length,
    arrivedAt: arrivals.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    gaveProxy: proxies.some(
      (proxy) => memberIds.includes(proxy.principalId) && proxyStateAt(proxy, now) === 'accepted',
    ),
    possible,
  }
}

function motionState(text: Text, motion: AgendaMotion) {
  if (motion.withdrawnAt) return { state: text('motion.withdrawn'), tone: 'neutral', link: 'withdrawn' }
  if (motion.adopted !== null) {
    const number = formatDecisionNumber({ year: motion.year!, sequence: motion.sequence! })
    const state = motion.adopted ? 'adopted' : 'rejected'
    return { state: text(`motion.${state}`), tone: motion.adopted ? 'good' : 'bad', number, link: 'result' }
  }
  if (motion.closedAt) return { state: text('motion.closed'), tone: 'neutral', link: 'poll' }
  if (motion.pollId) return { state: text('motion.open'), tone: 'warn', link: 'open' }
  return { state: text('motion.waiting'), tone: 'neutral', link: null }
}
