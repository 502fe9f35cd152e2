import type { MemberOnDay, Members } from '#members'
import {
  clockTime,
  type Language,
  longDay,
  type Messages,
  moment,
  type ShownError,
  type Visitor,
} from '#platform'
import { textDifference } from '../motions/text-difference.js'
import type { AssemblyReading } from '../reading.service.js'
import { choices } from '../rules/ballot.js'
import { whyNoBallot } from '../rules/no-ballot.js'
import type { OwnElector } from '../store/ballot.store.js'
import type { PollInContext } from '../store/poll.store.js'
import { ruleInWords, type Text, textsOf } from './page-text.js'
import { pollEndView } from './poll-end-view.js'

/** What the page of a poll is made from. */
export interface PollPageSources {
  reading: AssemblyReading
  members: Members
  messages: Messages
}

/** A refused ballot, to show again. */
export interface RefusedBallot {
  memberId: string
  choice: string
  errors: ShownError[]
}

/**
 * The model of a poll that has no declared result yet: a ballot for the first member that still has to vote
 * (or the one asked for), and what the visitor's other members did. Nothing of how others voted; how many have
 * voted only for the chair.
 */
export async function pollPage(
  { reading, members, messages }: PollPageSources,
  poll: PollInContext,
  visitor: Visitor,
  lang: Language,
  asked: { memberId?: string; refused?: RefusedBallot } = {},
) {
  const text = textsOf(messages, lang)
  const own = await reading.ownElectors(poll.id, visitor.personId)
  const onPaper = poll.method === 'paper'
  const toVote = poll.closedAt || onPaper ? [] : own.filter(({ ballot }) => ballot === null)
  const current = toVote.find(({ memberId }) => memberId === asked.memberId) ?? toVote[0]
  const keptOut = visitor.has('chair') && (await reading.keptOut(visitor.personId, poll.motionId))
  const isChair = visitor.has('chair') && !keptOut
  return {
    title: poll.title,
    poll,
    ...votedText(poll),
    keptOut,
    onPaper,
    paperHref:
      onPaper &&
      visitor.has('secretary', 'chair', 'director', 'auditCommittee') &&
      `/stemmingen/${poll.id}/papier`,
    end: pollEndView(text, poll, { isChair, reading }, lang),
    pre: preHeading(text, poll, lang),
    ballot: current && ballotForm(text, poll, current, asked.refused),
    all: toVote.length > 1 && {
      label: text('ballot.verbAll', { count: toVote.length }),
      formaction: `/stemmingen/${poll.id}/stemmen`,
    },
    others: toVote
      .filter((elector) => elector !== current)
      .map(({ memberId, memberName, holderId, instruction }) => ({
        label: memberName,
        value: text('outcomes.notYet'),
        note: holderId && byProxy(text, memberName, instruction),
        actionHref: `/stemmingen/${poll.id}?lid=${memberId}`,
        actionLabel: text('poll.voteApart'),
      })),
    voted: own.flatMap((elector) => {
      if (elector.ballot) return [votedLine(text, poll, elector, lang)]
      return poll.closedAt && !onPaper ? [missedLine(text, poll, elector, lang)] : []
    }),
    hasVoted: own.some(({ ballot }) => ballot),
    represented: await representedOf(text, reading, poll, visitor),
    entryHref: visitor.has('secretary') && !poll.closedAt && !onPaper && `/stemmingen/${poll.id}/invoer`,
    reasons: own.length === 0 ? await reasonsOf(text, members, poll, visitor, lang) : [],
    rule: [...ruleInWords(text, poll.rule), ...electorateLine(text, poll)],
    closedHour: poll.closedAt && clockTime(lang, poll.closedAt),
    chair: isChair && { turnout: await reading.turnout(poll.id) },
    errors: asked.refused?.errors ?? [],
  }
}

/** "ALV van 15 februari 2020 · agendapunt 4". */
export function preHeading(text: Text, poll: PollInContext, lang: Language): string {
  return text('poll.pre', { day: longDay(lang, poll.heldOn), position: String(poll.position) })
}

/** The text that is voted on; of an amendment what it changes. */
export function votedText({ text, amendmentId, baseText }: PollInContext) {
  const difference = amendmentId !== null && textDifference(baseText ?? '', text ?? '')
  return { votedText: text, difference }
}

/** What vouches for the frozen electorate while the poll is open; the same stands in the proof of the decision. */
export function electorateLine(text: Text, { electorateHash }: PollInContext) {
  return electorateHash ? [{ label: text('poll.electorateHash'), value: electorateHash }] : []
}

function ballotForm(text: Text, poll: PollInContext, elector: OwnElector, refused?: RefusedBallot) {
  return {
    action: `/stemmingen/${poll.id}/stem`,
    memberId: elector.memberId,
    label: text('ballot.label', { member: elector.memberName, weight: elector.weight }),
    hint: elector.holderId && byProxy(text, elector.memberName, elector.instruction),
    value: refused?.memberId === elector.memberId ? refused.choice : '',
    options: choices.map((choice) => ({
      value: choice,
      label: text(`choice.${choice}`),
      hint: text(choice === 'blank' ? `choice.blankHint.${poll.rule.blank.counts}` : `choice.${choice}Hint`),
    })),
  }
}

/** "U stemt met de volmacht van X. Instructie: stem tegen." */
function byProxy(text: Text, member: string, instruction: string | null): string {
  return instruction
    ? text('ballot.byProxyWith', { member, instruction })
    : text('ballot.byProxy', { member })
}

/** The own members that vote through a holder in this poll: one sentence each. */
async function representedOf(
  text: Text,
  reading: AssemblyReading,
  poll: PollInContext,
  visitor: Visitor,
): Promise<string[]> {
  const found = await reading.represented(poll.id, visitor.scopesOf('delegate'))
  return found.map(({ memberName: member, holderName: holder }) =>
    text('poll.represented', { member, holder }),
  )
}

/** Per member whether its ballot stands: the page after casting all alike, and after a lost connection. */
export function outcomesPage(
  messages: Messages,
  poll: PollInContext,
  own: readonly OwnElector[],
  visitor: Visitor,
  lang: Language,
) {
  const text = textsOf(messages, lang)
  const recorded = own.filter(({ ballot }) => ballot).length
  return {
    title: text('outcomes.title'),
    poll,
    pre: preHeading(text, poll, lang),
    recorded,
    missing: own.length - recorded,
    items: own.map((elector) => {
      if (!elector.ballot) return missedLine(text, poll, elector, lang)
      const { choice, castBy, enteredBy, castAt, reference } = elector.ballot
      const isOwn = castBy === visitor.personId && !enteredBy
      return {
        label: elector.memberName,
        value: text('outcomes.recorded', { time: clockTime(lang, castAt) }),
        note: isOwn
          ? text('outcomes.choice', { choice: text(`choice.${choice}`), reference })
          : text('poll.reference', { reference }),
      }
    }),
  }
}

function missedLine(text: Text, poll: PollInContext, { memberId, memberName }: OwnElector, lang: Language) {
  if (poll.closedAt) {
    const note = text('outcomes.closed', { time: clockTime(lang, poll.closedAt) })
    return { label: memberName, value: text('outcomes.notRecorded'), note }
  }
  return {
    label: memberName,
    value: text('outcomes.notRecorded'),
    note: text('outcomes.stillOpen'),
    actionHref: `/stemmingen/${poll.id}?lid=${memberId}`,
    actionLabel: text('poll.voteApart'),
  }
}

function votedLine(
  text: Text,
  poll: PollInContext,
  { memberId, memberName, ballot }: OwnElector,
  lang: Language,
) {
  return {
    label: memberName,
    value: ballot!.advanceId
      ? text('advance.castAt', { at: moment(lang, ballot!.castAt) })
      : text('poll.votedAt', { time: clockTime(lang, ballot!.castAt) }),
    note: text(ballot!.enteredBy ? 'poll.enteredReference' : 'poll.reference', {
      reference: ballot!.reference,
    }),
    actionHref: `/stemmingen/${poll.id}/bevestiging?lid=${memberId}`,
    actionLabel: text('poll.confirmation'),
  }
}

/** Why this person has no ballot: one sentence for each member that the person acts for today. */
async function reasonsOf(
  text: Text,
  members: Members,
  poll: PollInContext,
  visitor: Visitor,
  lang: Language,
): Promise<string[]> {
  const memberIds = visitor.scopesOf('delegate')
  if (memberIds.length === 0) return [text('noBallot.notDelegate')]
  const day = longDay(lang, poll.heldOn)
  const found: (MemberOnDay | null)[] = []
  for (const id of memberIds) found.push(await members.find(id, poll.heldOn))
  return found.map((member) =>
    text(`noBallot.${whyNoBallot(member)}`, { member: member?.name ?? text('noBallot.yourMember'), day }),
  )
}
