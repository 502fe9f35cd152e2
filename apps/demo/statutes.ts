import type { StatuteKey, StatuteSetting, StatuteValues } from '#statutes'

const HOLDS_FROM = '2018-06-01'
const LAW = 'Burgerlijk Wetboek Boek 2'
const APPLICATION = 'Subsidieaanvraag 2018'
const ASSUMED = 'aanname in dit voorbeeld'

/**
 * The statutes of the demo. What the subsidy application gives comes from there; the statutes
 * themselves are not public, so article numbers and the rest are assumptions and say so.
 */
export const demoStatutes: StatuteSetting[] = [
  rule('majority.ordinary', { fraction: '1/2', strict: true, base: 'cast' }, 'artikel 18 lid 1', ASSUMED),
  rule(
    'majority.statuteChange',
    { fraction: '2/3', strict: false, base: 'cast' },
    'artikel 24 lid 1',
    `${LAW}, artikel 43 lid 1`,
  ),
  rule('majority.distribution', { fraction: '1/2', strict: true, base: 'cast' }, 'artikel 18 lid 1', ASSUMED),
  rule('quorum.ordinary', { fraction: '1/3', strict: false }, 'artikel 18 lid 2', ASSUMED),
  rule('quorum.statuteChange', { fraction: '1/2', strict: false }, 'artikel 24 lid 2', ASSUMED),
  rule('quorum.distribution', { fraction: '1/3', strict: false }, 'artikel 18 lid 2', ASSUMED),
  rule('blankVotes', 'excluded', 'artikel 18 lid 3', ASSUMED),
  rule('tieRule', 'rejected', 'artikel 18 lid 4', ASSUMED),
  rule('votesPerMember', 1, 'artikel 17 lid 1', `${LAW}, artikel 38 lid 1`),
  rule('noticeDays.ordinary', 14, 'artikel 16 lid 1', ASSUMED),
  rule(
    'noticeDays.statuteChange',
    14,
    'artikel 24 lid 3',
    `${ASSUMED}; ${LAW}, artikel 42 vraagt ten minste 7 dagen`,
  ),
  rule('motionDays', 7, 'artikel 16 lid 3', ASSUMED),
  rule('proxyCap', 2, 'artikel 17 lid 3', ASSUMED),
  rule('delegateMembers', 1, 'artikel 10 lid 2', ASSUMED),
  rule('advanceVoting', { allowed: true, daysBefore: 30 }, 'artikel 17 lid 5', `${LAW}, artikel 38 lid 8`),
  rule('advanceAmended', 'lapses', 'artikel 17 lid 6', `${ASSUMED}; ${LAW}, artikel 38 zegt hier niets over`),
  rule(
    'secondAssembly',
    4,
    'artikel 18 lid 7',
    `${ASSUMED}, zoals ${LAW}, artikel 120 lid 2 het voor de nv kent`,
  ),
  rule('challengeMinutes', 5, 'artikel 18 lid 6', `${ASSUMED}; ${LAW}, artikel 13 zegt alleen: onmiddellijk`),
  rule(
    'conflictedMayVote',
    true,
    'artikel 13 lid 4',
    `${ASSUMED}; ${LAW}, artikel 44 lid 6 gaat over het bestuur, niet over de stem van een lid`,
  ),
  rule(
    'writtenDecisions',
    ['ordinary', 'statuteChange', 'distribution'],
    'artikel 19',
    `${LAW}, artikel 40 lid 2: de statuten sluiten niets uit, en dat is een aanname`,
  ),
  rule('secrecyForPersons', true, 'artikel 18 lid 5', ASSUMED),
  rule('fullyDigital', false, 'artikel 16 lid 4', ASSUMED),
  rule('guaranteeRate', '10/100', 'artikel 21 lid 1', `${APPLICATION}, § 10.2`),
  rule(
    'directorCap',
    { fraction: '80/100', holders: ['director', 'contractor'] },
    'artikel 21 lid 2',
    `${APPLICATION}, § 10.2`,
  ),
  rule('guaranteeNoticeWeeks', 13, 'artikel 21 lid 4', ASSUMED),
  rule(
    'guaranteeEquityShare',
    '1/4',
    'reglement artikel 4',
    `${ASSUMED}; ${APPLICATION}, § 10.2: naar draagkracht`,
  ),
  rule('guaranteeIncomeShare', '1/10', 'reglement artikel 4', ASSUMED),
  rule('callDueDays', 30, 'artikel 21 lid 5', ASSUMED),
  rule('callReminderDays', [-7, 1, 14], 'artikel 21 lid 5', ASSUMED),
  rule('riskMarginRate', '2/100', 'artikel 22 lid 1', `${APPLICATION}, § 10.2`),
  rule('distributionSharers', 'allGuarantors', 'artikel 22 lid 2', `${APPLICATION}, § 10.2`),
  rule('distributionReference', 'lastDayOfYear', 'artikel 22 lid 3', ASSUMED),
  rule('ownMeansRate', '5/100', 'reglement artikel 6', `${APPLICATION}, § 8`),
  rule('reportDueDays', 60, 'reglement artikel 8', ASSUMED),
  rule('reportReminderDays', [-14, -5, 0, 3, 10], 'reglement artikel 8', ASSUMED),
  rule('reportReturnedReminderDays', [7, 14], 'reglement artikel 8', ASSUMED),
  rule('reportExplainOver', '10/100', 'reglement artikel 8', ASSUMED),
  rule('resignationNoticeWeeks', 4, 'artikel 9 lid 1', `${LAW}, artikel 36 lid 1`),
  rule('admissionOrgan', 'director', 'artikel 6 lid 2', ASSUMED),
]

function rule<K extends StatuteKey>(
  key: K,
  value: StatuteValues[K],
  article: string,
  source: string,
): StatuteSetting {
  return { key, value, article, source, holdsFrom: HOLDS_FROM }
}
