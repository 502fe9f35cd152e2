import type { MemberOnDay, Members } from '#members'
import { clockTime, type Language, longDay, type Messages, type ShownError, type Visitor } from '#platform'
import type { AssemblyReading } from '../reading.service.js'
import { choices } from '../rules/ballot.js'
import { whyNoBallot } from '../rules/no-ballot.js'
import type { OwnElector } from '../store/ballot.store.js'
import type { PollInContext } from '../store/poll.store.js'
import { ruleInWords, type Text, textsOf } from './page-text.js'

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
  const toVote = poll.closedAt ? [] : own.filter(({ ballot }) => ballot === null)
  const current = toVote.find(({ memberId }) => memberId === asked.memberId) ?? toVote[0]
  const isChair = visitor.has('chair')
  return {
    title: poll.title,
    poll,
    pre: preHeading(text, poll, lang),
    ballot: current && ballotForm(text, poll, current, asked.refused),
    others: toVote
      .filter((elector) => elector !== current)
      .map(({ memberId, memberName }) => ({
        label: memberName,
        href: `/stemmingen/${poll.id}?lid=${memberId}`,
      })),
    voted: own.flatMap((elector) => (elector.ballot ? [votedLine(text, poll, elector, lang)] : [])),
    reasons: own.length === 0 ? await reasonsOf(text, members, poll, visitor, lang) : [],
    rule: ruleInWords(text, poll.rule),
    closedHour: poll.closedAt && clockTime(lang, poll.closedAt),
    chair: isChair && { turnout: await reading.turnout(poll.id) },
    errors: asked.refused?.errors ?? [],
  }
}

/** "ALV van 15 februari 2020 · agendapunt 4". */
export function preHeading(text: Text, poll: PollInContext, lang: Language): string {
  return text('poll.pre', { day: longDay(lang, poll.heldOn), position: String(poll.position) })
}

function ballotForm(text: Text, poll: PollInContext, elector: OwnElector, refused?: RefusedBallot) {
  return {
    action: `/stemmingen/${poll.id}/stem`,
    memberId: elector.memberId,
    label: text('ballot.label', { member: elector.memberName, weight: elector.weight }),
    value: refused?.memberId === elector.memberId ? refused.choice : '',
    options: choices.map((choice) => ({
      value: choice,
      label: text(`choice.${choice}`),
      hint: text(choice === 'blank' ? `choice.blankHint.${poll.rule.blank.counts}` : `choice.${choice}Hint`),
    })),
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
    value: text('poll.votedAt', { time: clockTime(lang, ballot!.castAt) }),
    note: text('poll.reference', { reference: ballot!.reference }),
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
