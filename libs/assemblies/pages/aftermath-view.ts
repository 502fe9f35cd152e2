import { type Language, moment } from '#platform'
import type { DecisionAftermath } from '../decisions/rulings.service.js'
import type { DecisionCourse } from '../store/ruling.store.js'
import type { Text } from './page-text.js'

/** What became of a decision after it was declared, as its page shows it. */
export function aftermathView(text: Text, number: string, aftermath: DecisionAftermath, lang: Language) {
  const { standing, challenge, replaces, replacedBy, rulings, conflicts } = aftermath
  return {
    standing: standing === 'inForce' ? null : standingSentence(text, standing, replacedBy),
    replacedBy: replacedBy && {
      href: `/besluiten/${replacedBy}`,
      label: text('ruling.toReplacement', { number: replacedBy }),
    },
    replaces: replaces && text('ruling.replaces', { number: replaces }),
    replacesLink: replaces && {
      href: `/besluiten/${replaces}`,
      label: text('ruling.toReplacement', { number: replaces }),
    },
    notes: [
      ...conflicts.map(({ name, office, reason }) => ({
        label: text('ruling.conflict'),
        value: text('conflict.by', { name, office: text(`office.${office}`) }),
        note: reason,
      })),
      ...(challenge
        ? [
            {
              label: text('ruling.challenge'),
              value: challenge.name,
              note: text('ruling.challengedAt', {
                at: moment(lang, challenge.challengedAt),
                reason: challenge.reason,
              }),
            },
          ]
        : []),
    ],
    rulings: rulings.map(({ office, name, ruledAt, text: said, reason }) => ({
      when: text('ruling.by', { office: text(`office.${office}`), name, at: moment(lang, ruledAt) }),
      at: ruledAt.toISOString(),
      heading: said,
      text: text('ruling.because', { reason }),
    })),
    rulingsHref: `/besluiten/${number}/rectificaties`,
  }
}

/** What a line of the register says of the course of a decision; null when there is nothing to say. */
export function courseNote(text: Text, course: DecisionCourse | undefined): string | null {
  if (course?.replacedAt) return text('ruling.note.replaced')
  return course && course.rulings > 0 ? text('ruling.note.ruled', { count: course.rulings }) : null
}

function standingSentence(text: Text, standing: string, replacedBy: string | null): string {
  if (replacedBy) return text('ruling.replacedBy', { number: replacedBy })
  return standing === 'replaced' ? text('ruling.revotePending') : text(`dispute.standing.${standing}`)
}
