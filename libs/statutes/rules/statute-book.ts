import { type Day, RuleViolated } from '#kernel'

/** A majority: the fraction of the base that must be for; `strict` means more than, else at least. */
export interface MajorityRule {
  fraction: string
  strict: boolean
  base: 'cast' | 'present' | 'electorate'
}

/** A quorum: the fraction of the electorate that must be present or represented. */
export interface QuorumRule {
  fraction: string
  strict: boolean
}

/** Every rule that the statutes set, with the type of its value. Fractions are texts: `2/3`. */
export interface StatuteValues {
  'majority.ordinary': MajorityRule
  'majority.statuteChange': MajorityRule
  'majority.distribution': MajorityRule
  /** Where the statutes have a rule of its own for amendments; else they are ordinary decisions. */
  'majority.amendment': MajorityRule
  'quorum.ordinary': QuorumRule | null
  'quorum.statuteChange': QuorumRule | null
  'quorum.distribution': QuorumRule | null
  'quorum.amendment': QuorumRule | null
  blankVotes: 'excluded' | 'included'
  tieRule: 'rejected'
  votesPerMember: number
  'noticeDays.ordinary': number
  'noticeDays.statuteChange': number
  /** Until how many days before an assembly members submit motions; not set: until it begins. */
  motionDays: number
  proxyCap: number
  /** For how many members one person may act, as delegate or substitute. */
  delegateMembers: number
  advanceVoting: { allowed: boolean; daysBefore: number }
  /** What becomes of a ballot cast in advance when the motion is amended: it lapses, and its voter is told. */
  advanceAmended: 'lapses'
  /** Within how many weeks a second assembly decides without a quorum; not set: there is none. */
  secondAssembly: number
  secrecyForPersons: boolean
  fullyDigital: boolean
  guaranteeRate: string
  directorCap: { fraction: string; holders: ('director' | 'contractor')[] }
  /** After how many weeks a holder's decrease of its guarantee works; not set: there is no decrease. */
  guaranteeNoticeWeeks: number
  /** Nobody is asked for a guarantee of more than this share of its equity; not set: no shares are proposed. */
  guaranteeEquityShare: string
  /** How much of a yearly income counts as means, beside the equity; not set: none of it. */
  guaranteeIncomeShare: string
  /** Within how many days a holder pays when its guarantee is called. */
  callDueDays: number
  /** On which days a holder is reminded of a call: from the last day to pay, negative before it. */
  callReminderDays: readonly number[]
  riskMarginRate: string
  ownMeansRate: string
  distributionSharers: 'allGuarantors' | 'votingMembers'
  distributionReference: 'lastDayOfYear' | 'timeWeighted'
  reportDueDays: number
  /** On which days a report is reminded of: from the last day to submit, negative before it; not set: never. */
  reportReminderDays: readonly number[]
  /** The same from the day on which a report came back. */
  reportReturnedReminderDays: readonly number[]
  reportExplainOver: string
  resignationNoticeWeeks: number
  /** Who admits members (BW 2:33 and 2:53). */
  admissionOrgan: 'director' | 'assembly'
  /** For how many minutes at the most a declared result can be disputed (BW 2:13: at once). */
  challengeMinutes: number
  /** Whether an officer with a conflict of interest may still cast the ballot of a member (BW 2:44: the board). */
  conflictedMayVote: boolean
  /** What the members may decide without a meeting (BW 2:40 lid 2); not set: everything. */
  writtenDecisions: readonly ('ordinary' | 'statuteChange' | 'distribution')[]
}

export type StatuteKey = keyof StatuteValues

/** The order in which the page shows the rules. */
export const statuteKeys: readonly StatuteKey[] = [
  'majority.ordinary',
  'majority.statuteChange',
  'majority.distribution',
  'majority.amendment',
  'quorum.ordinary',
  'quorum.statuteChange',
  'quorum.distribution',
  'quorum.amendment',
  'blankVotes',
  'tieRule',
  'votesPerMember',
  'noticeDays.ordinary',
  'noticeDays.statuteChange',
  'motionDays',
  'proxyCap',
  'delegateMembers',
  'advanceVoting',
  'advanceAmended',
  'secondAssembly',
  'challengeMinutes',
  'conflictedMayVote',
  'writtenDecisions',
  'secrecyForPersons',
  'fullyDigital',
  'guaranteeRate',
  'directorCap',
  'guaranteeNoticeWeeks',
  'guaranteeEquityShare',
  'guaranteeIncomeShare',
  'callDueDays',
  'callReminderDays',
  'riskMarginRate',
  'distributionSharers',
  'distributionReference',
  'ownMeansRate',
  'reportDueDays',
  'reportReminderDays',
  'reportReturnedReminderDays',
  'reportExplainOver',
  'resignationNoticeWeeks',
  'admissionOrgan',
]

/** A rule as it was set: its value, where it stands, and the day from which it holds. */
export interface StatuteSetting<K extends StatuteKey = StatuteKey> {
  key: K
  value: StatuteValues[K]
  /** The article, as the page and the result of a poll cite it. */
  article: string
  /** Where we have it from: the law, the source document, or an assumption of the demo. */
  source: string
  holdsFrom: Day
}

/**
 * The rules that hold on one day: of each key the setting with the latest day not after it; of
 * two settings for the same day the one recorded last.
 */
export class StatuteBook {
  private readonly settings = new Map<StatuteKey, StatuteSetting>()

  /** @param recorded all settings in the order in which they were recorded. */
  constructor(
    readonly day: Day,
    recorded: readonly StatuteSetting[],
  ) {
    for (const setting of recorded) {
      if (setting.holdsFrom > day) continue
      const known = this.settings.get(setting.key)
      if (!known || setting.holdsFrom >= known.holdsFrom) this.settings.set(setting.key, setting)
    }
  }

  /**
   * The rule of a key.
   * @throws RuleViolated `statutes.missing` when no setting holds on the day.
   */
  get<K extends StatuteKey>(key: K): StatuteSetting<K> {
    const found = this.find(key)
    if (!found) throw RuleViolated.of('statutes.missing', { key, day: this.day })
    return found
  }

  /** The rule of a key, or null when the statutes say nothing of it on the day. */
  find<K extends StatuteKey>(key: K): StatuteSetting<K> | null {
    return (this.settings.get(key) as StatuteSetting<K> | undefined) ?? null
  }

  /** All rules that hold, in the order of the page. */
  all(): StatuteSetting[] {
    return statuteKeys.flatMap((key) => this.settings.get(key) ?? [])
  }
}
