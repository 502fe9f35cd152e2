import { clockTime, type Language, type Messages } from '#platform'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import type { PollResultRow } from '../store/poll.entities.js'
import type { PollInContext } from '../store/poll.store.js'
import { ruleInWords, textsOf } from './page-text.js'
import { electorateLine, preHeading, votedText } from './poll-page.js'

/** A declared result with all that explains it. */
export interface DeclaredPoll {
  poll: PollInContext
  result: PollResultRow
  decision: RegisteredDecision
  declaredBy: string
}

/** The model of a result: the verdict and why, the votes, and what it was measured by. */
export function resultPage(messages: Messages, declared: DeclaredPoll, lang: Language) {
  const { poll, result, decision, declaredBy } = declared
  const text = textsOf(messages, lang)
  const { tally } = result
  const number = formatDecisionNumber(decision)
  return {
    title: poll.title,
    poll,
    result,
    ...votedText(poll),
    notYetInForce: result.adopted && poll.changesStatutes && !poll.hasDeed,
    number,
    paperBadge: poll.method === 'paper' && text('paper.declaredOnPaper'),
    pre: `${preHeading(text, poll, lang)} · ${text('result.decision', { number })}`,
    blankSentence:
      tally.blank > 0 && text(`result.blank.${poll.rule.blank.counts}`, { article: poll.rule.blank.article }),
    bars: [
      { label: text('choice.for'), value: tally.for, kind: 'solid' },
      { label: text('choice.against'), value: tally.against, kind: 'hatched' },
      { label: text('choice.blank'), value: tally.blank, kind: 'quiet' },
      // Only on paper can a vote be invalid.
      ...(tally.invalid > 0
        ? [{ label: text('paper.field.invalid'), value: tally.invalid, kind: 'quiet' }]
        : []),
    ],
    votesCast: tally.for + tally.against + tally.blank + tally.invalid,
    summary: [
      {
        label: text('result.needed'),
        value: text('result.neededOf', { needed: result.needed, base: result.base }),
      },
      { label: text('result.electorate'), value: text('result.votes', { votes: result.electorate }) },
      {
        label: text('result.present'),
        value: text('result.votes', { votes: result.present }),
        note: quorumNote(result, text),
      },
      {
        label: text('result.open'),
        value: text('result.openFromTo', {
          from: clockTime(lang, poll.openedAt),
          to: clockTime(lang, poll.closedAt!),
        }),
      },
      {
        label: text('result.declaredBy'),
        value: text('result.declaredByAt', { name: declaredBy, time: clockTime(lang, result.declaredAt) }),
      },
    ],
    rule: [...ruleInWords(text, poll.rule), ...electorateLine(text, poll)],
    links: [
      { href: `/stemmingen/${poll.id}/wie-stemde-wat`, label: text('rollCall.title') },
      { href: `/besluiten/${number}`, label: text('result.toDecision', { number }) },
      { href: `/voorstellen/${poll.motionId}`, label: text('motions.page') },
      { href: `/alv/${poll.assemblyId}`, label: text('poll.toAssembly') },
    ],
  }
}

function quorumNote(
  { quorumNeeded, quorumReached }: PollResultRow,
  text: ReturnType<typeof textsOf>,
): string {
  if (quorumNeeded === null) return text('result.noQuorum')
  return text(quorumReached ? 'result.quorumReached' : 'result.quorumMissed', { needed: quorumNeeded })
}
