import { type Language, longDay, moment, type Visitor } from '#platform'
import type { MotionWithAll } from '../motions/motion-reading.service.js'
import type { AdvanceStanding } from '../polls/advance-voting.service.js'
import { amendmentState } from '../rules/amendments.js'
import { choices } from '../rules/ballot.js'
import type { Text } from './page-text.js'

/** The model of voting in advance: a ballot for the first own member without one, and what stands for the others. */
export function advancePage(
  text: Text,
  { motion, present, texts, amendments }: MotionWithAll,
  standing: AdvanceStanding,
  visitor: Visitor,
  lang: Language,
) {
  const open = standing.violations.length === 0
  const toVote = open ? standing.members.filter(({ ballot }) => !ballot) : []
  const [first] = toVote
  return {
    title: text('advance.title'),
    motion,
    present: texts.length > 0 && present,
    isVoter: standing.members.length > 0,
    form: first && {
      memberId: first.memberId,
      textHash: standing.textHash,
      label: text('advance.ask', { member: first.memberName }),
      options: choices.map((choice) => ({ value: choice, label: text(`choice.${choice}`) })),
    },
    more: toVote.length - 1,
    pending: amendments.some((one) => ['offered', 'open', 'closed'].includes(amendmentState(one))),
    recorded: standing.ballots.map((ballot) => ({
      heading: text('cast.heading', { member: ballot.memberName }),
      stands: ballot.outcome === null || ballot.outcome === 'admitted',
      reference: ballot.reference,
      castAt: ballot.castAt,
      choice: ballot.castBy === visitor.personId ? text(`choice.${ballot.choice}`) : null,
      outcome: text(`advance.outcome.${ballot.outcome ?? (motion.withdrawnAt ? 'withdrawn' : 'waiting')}`),
      pollHref: ballot.pollId && `/stemmingen/${ballot.pollId}`,
    })),
    facts: standing.rule?.allowed
      ? [
          { label: text('advance.from'), value: longDay(lang, standing.from!), note: standing.rule.article },
          { label: text('advance.until'), value: moment(lang, motion.startsAt) },
        ]
      : [],
    links: [
      { href: `/voorstellen/${motion.id}`, label: text('motions.page') },
      { href: `/alv/${motion.assemblyId}`, label: text('poll.toAssembly') },
    ],
  }
}
