import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Clock, type Language, longDay, Messages, moment, type Visitor } from '#platform'
import { Amendments } from '../motions/amendments.service.js'
import { AuthorisedRecords } from '../motions/authorised-records.js'
import type { MotionWithAll } from '../motions/motion-reading.service.js'
import { Motions } from '../motions/motions.service.js'
import { type Proposer, Proposers } from '../motions/proposers.service.js'
import { textDifference } from '../motions/text-difference.js'
import { AdvanceVoting } from '../polls/advance-voting.service.js'
import { Electorate } from '../polls/electorate.service.js'
import { amendmentState, isSettled, nextAmendment } from '../rules/amendments.js'
import { assemblyPhase } from '../rules/assembly-phase.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { Amendment } from '../store/amendment.store.js'
import type { MotionInContext } from '../store/motion.store.js'
import { ruleInWords, type Text, textsOf } from './page-text.js'

const TONES = { adopted: 'good', rejected: 'bad', open: 'warn', closed: 'warn' } as Record<string, string>

/** The model of a motion: its text, who proposes it, its rule, its amendments, and what may be done now. */
@Injectable()
export class MotionPage {
  constructor(
    @Inject(Motions) private readonly motions: Motions,
    @Inject(Amendments) private readonly amendments: Amendments,
    @Inject(Proposers) private readonly proposers: Proposers,
    @Inject(AuthorisedRecords) private readonly authorised: AuthorisedRecords,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(AdvanceVoting) private readonly advance: AdvanceVoting,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async of(all: MotionWithAll, visitor: Visitor, lang: Language) {
    const { motion, texts, amendments, present } = all
    const text = textsOf(this.messages, lang)
    const names = await this.namesFor(all)
    const canPropose = (await this.proposers.optionsFor(visitor, motion.heldOn)).length > 0
    const yours = this.proposers.actsFor(visitor, motion)
    return {
      title: motion.title,
      motion,
      pre: this.pre(text, motion, lang),
      state: stateOf(text, motion),
      present: texts.length > 0 && present,
      difference: texts.length > 1 && textDifference(texts[0]!.text, present),
      summary: await this.summary(text, motion, names, visitor, lang),
      rule: ruleInWords(text, await this.electorate.ruleFor(motion, motion.heldOn, motion.decisionType)),
      secondOf: motion.secondOf && `/voorstellen/${motion.secondOf}`,
      advance: await this.advanceLink(text, motion, visitor),
      paper: this.paperPart(text, motion, visitor, amendments.every(isSettled)),
      amendments: this.list(text, all, names, visitor),
      amendmentRule: ruleInWords(text, await this.electorate.ruleOn(motion.heldOn, 'amendment')),
      mayOffer: canPropose && this.amendments.offering(motion).length === 0,
      history: this.history(text, all, names, lang),
      links: links(text, motion),
      mayChange: yours && !(await this.motions.whyFixed(motion)),
      mayWithdraw:
        yours && !motion.withdrawnAt && !motion.authorisesId && !motion.pollId && !this.isOver(motion),
      mayOpen: this.chairMayOpen(visitor, motion) && amendments.every(isSettled),
    }
  }

  /** "Stichting X", "de voorzitter", or the board when nobody else is named. */
  proposerName(
    text: Text,
    { proposerMemberId, proposerOrgan }: Proposer,
    names: ReadonlyMap<string, string>,
  ) {
    if (proposerMemberId) return names.get(proposerMemberId) ?? text('motions.aMember')
    return text(`motions.organ.${proposerOrgan ?? 'board'}`)
  }

  /** The names of proposers and of those who recorded something. */
  async namesFor({ motion, texts, amendments }: MotionWithAll): Promise<Map<string, string>> {
    const members = [motion, ...amendments].map(({ proposerMemberId }) => proposerMemberId)
    const people = [motion.withdrawnBy, ...texts.map(({ recordedBy }) => recordedBy)].filter(
      (id) => id !== null,
    )
    const named = await this.people.named(people)
    return new Map([
      ...(await this.proposers.names(members, motion.heldOn)),
      ...[...named].map(([id, { name }]) => [id, name] as const),
    ])
  }

  pre(text: Text, { heldOn, position }: MotionInContext, lang: Language): string {
    const day = longDay(lang, heldOn)
    return position === null
      ? text('motions.preOff', { day })
      : text('poll.pre', { day, position: String(position) })
  }

  isOver(motion: MotionInContext): boolean {
    return assemblyPhase(motion, this.clock.now()) === 'ended'
  }

  chairMayOpen(visitor: Visitor, motion: MotionInContext): boolean {
    const running = assemblyPhase(motion, this.clock.now()) === 'running' && motion.convenedOn !== null
    return visitor.has('chair') && running && !motion.pollId && !motion.withdrawnAt
  }

  /** To vote in advance, or to see what stands of it: for delegates. */
  private async advanceLink(text: Text, motion: MotionInContext, visitor: Visitor) {
    if (!visitor.has('delegate')) return null
    const { violations, ballots } = await this.advance.standing(motion, visitor)
    if (violations.length > 0 && ballots.length === 0) return null
    const label = text(ballots.length > 0 ? 'advance.linkMine' : 'advance.link')
    return { href: `/voorstellen/${motion.id}/vooraf-stemmen`, label }
  }

  /** What is printed for a poll on paper, and for the chair the way to open it. */
  private paperPart(text: Text, motion: MotionInContext, visitor: Visitor, settled: boolean) {
    const { id, assemblyId, pollId, withdrawnAt } = motion
    if (!visitor.has('secretary', 'chair') || pollId || withdrawnAt || this.isOver(motion)) return null
    return {
      mayOpen: settled && this.chairMayOpen(visitor, motion),
      links: [
        { href: `/alv/${assemblyId}/presentielijst.pdf`, label: text('paper.attendance'), download: true },
        { href: `/voorstellen/${id}/stembiljetten.pdf`, label: text('paper.ballots'), download: true },
      ],
    }
  }

  private async summary(
    text: Text,
    motion: MotionInContext,
    names: Map<string, string>,
    visitor: Visitor,
    lang: Language,
  ) {
    const record = await this.authorised.find(motion.authorisesKind, motion.authorisesId, lang, visitor)
    return [
      { label: text('motions.proposer'), value: this.proposerName(text, motion, names) },
      { label: text('motions.submittedAt'), value: moment(lang, motion.submittedAt) },
      { label: text('motions.decisionType'), value: text(`decisionType.${motion.decisionType}`) },
      ...(record
        ? [
            {
              label: text('motions.authorises'),
              value: record.label,
              href: record.href,
              note: text('motions.exactly'),
            },
          ]
        : []),
      { label: text('decisions.assembly'), value: motion.assemblyTitle, href: `/alv/${motion.assemblyId}` },
    ]
  }

  private list(
    text: Text,
    { motion, amendments }: MotionWithAll,
    names: Map<string, string>,
    visitor: Visitor,
  ) {
    const next = nextAmendment(amendments)
    const mayOrder = visitor.has('chair') && !motion.pollId && !motion.withdrawnAt && !this.isOver(motion)
    const movable = mayOrder ? amendments.filter((one) => amendmentState(one) === 'offered') : []
    return amendments.map((one) => {
      const state = amendmentState(one)
      return {
        ...one,
        label: text('amendments.numbered', { number: String(one.number) }),
        by: text('amendments.by', { name: this.proposerName(text, one, names) }),
        state: text(`amendments.state.${state}`),
        tone: TONES[state] ?? 'neutral',
        pollHref: one.pollId && `/stemmingen/${one.pollId}`,
        up: movable.length > 1 && movable.includes(one) && one !== movable[0],
        down: movable.length > 1 && movable.includes(one) && one !== movable.at(-1),
        mayOpen: one === next && state === 'offered' && this.chairMayOpen(visitor, motion),
      }
    })
  }

  private history(
    text: Text,
    { motion, texts, amendments }: MotionWithAll,
    names: Map<string, string>,
    lang: Language,
  ) {
    const number = (id: string | null) => String(amendments.find((one) => one.id === id)?.number ?? '')
    const withdrawn = motion.withdrawnAt && {
      when: moment(lang, motion.withdrawnAt),
      at: motion.withdrawnAt.toISOString(),
      heading: text('motions.history.withdrawn'),
      text: motion.withdrawalReason,
    }
    return [
      ...(withdrawn ? [withdrawn] : []),
      ...texts.toReversed().map(({ kind, recordedAt, recordedBy, amendmentId }) => ({
        when: moment(lang, recordedAt),
        at: recordedAt.toISOString(),
        heading: text(`motions.history.${kind}`, { number: number(amendmentId) }),
        text: text('motions.history.by', { name: names.get(recordedBy) ?? '' }),
      })),
    ]
  }
}

function links(text: Text, { pollId, adopted, year, sequence, assemblyId }: MotionInContext) {
  const number = adopted === null ? null : formatDecisionNumber({ year: year!, sequence: sequence! })
  return [
    ...(pollId
      ? [{ href: `/stemmingen/${pollId}`, label: text(number ? 'motion.toResult' : 'motion.toPoll') }]
      : []),
    ...(number ? [{ href: `/besluiten/${number}`, label: text('result.toDecision', { number }) }] : []),
    { href: `/alv/${assemblyId}`, label: text('poll.toAssembly') },
  ]
}

function stateOf(text: Text, { withdrawnAt, adopted, pollId }: MotionInContext) {
  if (withdrawnAt) return { label: text('motion.withdrawn'), tone: 'neutral' }
  if (adopted !== null)
    return { label: text(adopted ? 'motion.adopted' : 'motion.rejected'), tone: adopted ? 'good' : 'bad' }
  return pollId
    ? { label: text('motion.open'), tone: 'warn' }
    : { label: text('motion.waiting'), tone: 'neutral' }
}

/** When and by whom an amendment was offered, and what became of it. */
export function amendmentFacts(text: Text, amendment: Amendment, by: string, lang: Language) {
  const { submittedAt, withdrawnAt, lapsedAt, lapseReason } = amendment
  return [
    { label: text('motions.proposer'), value: by },
    { label: text('motions.submittedAt'), value: moment(lang, submittedAt) },
    ...(withdrawnAt ? [{ label: text('amendments.withdrawnAt'), value: moment(lang, withdrawnAt) }] : []),
    ...(lapsedAt
      ? [{ label: text('amendments.lapsedAt'), value: moment(lang, lapsedAt), note: lapseReason }]
      : []),
  ]
}
