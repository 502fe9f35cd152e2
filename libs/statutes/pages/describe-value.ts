import type { Language, Messages } from '#platform'
import type { MajorityRule, QuorumRule, StatuteSetting, StatuteValues } from '../rules/statute-book.js'

/** A rule's value as a short phrase in the reader's language. */
export function describeValue(messages: Messages, lang: Language, setting: StatuteSetting): string {
  const text = (key: string, values: Record<string, unknown> = {}) =>
    messages.text(lang, `statutes.values.${key}`, values)
  const { key, value } = setting
  switch (key) {
    case 'majority.ordinary':
    case 'majority.statuteChange':
    case 'majority.distribution':
    case 'majority.amendment': {
      const majority = value as MajorityRule
      return text(majority.strict ? 'moreThan' : 'atLeast', {
        fraction: majority.fraction,
        base: text(`base.${majority.base}`),
      })
    }
    case 'quorum.ordinary':
    case 'quorum.statuteChange':
    case 'quorum.distribution':
    case 'quorum.amendment': {
      const quorum = value as QuorumRule | null
      if (!quorum) return text('noQuorum')
      return text(quorum.strict ? 'moreThan' : 'atLeast', {
        fraction: quorum.fraction,
        base: text('base.electorate'),
      })
    }
    case 'advanceVoting': {
      const { allowed, daysBefore } = value as StatuteValues['advanceVoting']
      return allowed ? text('allowedDaysBefore', { days: daysBefore }) : text('no')
    }
    case 'directorCap': {
      const { fraction, holders } = value as StatuteValues['directorCap']
      return text(holders.length > 1 ? 'capTogether' : 'cap', { percentage: percentage(fraction) })
    }
    case 'guaranteeRate':
    case 'guaranteeEquityShare':
    case 'guaranteeIncomeShare':
    case 'riskMarginRate':
    case 'ownMeansRate':
    case 'reportExplainOver':
      return percentage(value as string)
    case 'noticeDays.ordinary':
    case 'noticeDays.statuteChange':
    case 'motionDays':
    case 'reportDueDays':
    case 'callDueDays':
      return text('days', { days: value as number })
    case 'reportReminderDays':
    case 'reportReturnedReminderDays':
    case 'callReminderDays':
      return reminderDays(value as readonly number[], text)
    case 'guaranteeNoticeWeeks':
    case 'resignationNoticeWeeks':
    case 'secondAssembly':
      return text('weeks', { weeks: value as number })
    case 'delegateMembers':
      return text('members', { members: value as number })
    case 'challengeMinutes':
      return text('minutes', { minutes: value as number })
    case 'writtenDecisions': {
      const types = value as StatuteValues['writtenDecisions']
      return types.length > 0 ? types.map((type) => text(`written.${type}`)).join(', ') : text('no')
    }
    case 'conflictedMayVote':
    case 'secrecyForPersons':
    case 'fullyDigital':
      return text(value ? 'yes' : 'no')
    case 'admissionOrgan':
    case 'advanceAmended':
    case 'blankVotes':
    case 'tieRule':
    case 'distributionSharers':
    case 'distributionReference':
      return text(value as string)
    default:
      return String(value)
  }
}

/** "14 dagen ervoor, op de dag zelf, 3 dagen erna". */
function reminderDays(
  offsets: readonly number[],
  text: (key: string, values?: Record<string, unknown>) => string,
): string {
  const word = (offset: number) => (offset < 0 ? 'daysBefore' : offset === 0 ? 'onTheDay' : 'daysAfter')
  return offsets.map((offset) => text(word(offset), { days: Math.abs(offset) })).join(', ')
}

/** `10/100` → `10%`; a fraction that is no whole percentage is shown as it stands. */
function percentage(fraction: string): string {
  const [numerator = '0', denominator = '1'] = fraction.split('/')
  const hundredfold = BigInt(numerator) * 100n
  return hundredfold % BigInt(denominator) === 0n ? `${hundredfold / BigInt(denominator)}%` : fraction
}
