import type { Documents } from '#documents'
import type { People } from '#identity'
import { type Tx, Upload } from '#platform'
import type { EarlierPlan, Goal, PlanEntering, SubsidyDivisions } from '#work-plans'

/** What the wijken could spend in 2019, of the subsidy of that year (subsidy application 2018, model budget). */
const EXECUTION_2019 = 476_387_700n
const PROPOSED_AT = new Date('2018-11-15T10:00:00+01:00')
const AGREED_ON = '2018-12-20'
const RECORDED_AT = new Date('2018-12-20T15:30:00+01:00')
const CONFIRMED_AT = new Date('2018-12-21T09:15:00+01:00')
const JUDGED_AT = new Date('2020-01-28T11:00:00+01:00')
const ANSWERED_AT = new Date('2020-02-06T14:00:00+01:00')

/** After the aims and effect indicators of the subsidy application 2018 (§ 5 and § 6); the figures per wijk are invented. */
const goals: Goal[] = [
  goal(1, null, 'Meer bewoners zijn actief in hun buurt, en niemand haakt af.', {
    sign: 'ten minste 28% van de bewoners is actief in de buurt, zoals in 2018.',
    indicators: ['uniek', 'vrijwilligers'],
  }),
  goal(2, null, 'Mensen met een beperking kunnen beter meedoen.', {
    sign: 'meer dan 65% zegt weinig of geen problemen te hebben met meedoen.',
  }),
  goal(3, null, 'Ten minste 5% van de middelen gaat naar social return.', {
    sign: 'de vier kwartaalverantwoordingen van 2019.',
  }),
  goal(4, 'zuid-oost', 'In Oost neemt een wijkcoöperatie van bewoners het sociaal makelaarschap over.', {
    sign: 'de afspraak met Wijkcoöperatie Oost is getekend en wordt uitgevoerd.',
  }),
  goal(5, 'noordoost-overvecht', 'In Overvecht helpen vrijwilligers bewoners met digitale aanvragen.', {
    sign: 'op vier plekken in de wijk is elke week een inloop.',
  }),
  goal(6, 'noordwest-west', 'Kinderen in Zuilen en Ondiep doen na schooltijd mee in hun eigen buurt.', {
    sign: 'ten minste 300 kinderen per kwartaal.',
    indicators: ['uniek'],
  }),
  goal(7, 'leidsche-rijn', 'Bewoners beheren zelf ruimte in het buurtcentrum voor eigen initiatieven.', {
    sign: 'ten minste drie groepen met een eigen sleutel.',
  }),
  goal(8, 'vleuten-de-meern', 'Mantelzorgers kunnen in alle drie de kernen op adem komen.', {
    sign: 'in Vleuten, De Meern en Haarzuilens is een vaste middag.',
  }),
]

function goal(number: number, area: string | null, text: string, more: Partial<Goal>): Goal {
  return { id: `doel-${number}`, area, text, sign: '', indicators: [], ...more }
}

/** What was agreed with the gemeente for 2019: the division of the execution budget by the key, and the goals. */
export async function loadWorkPlan(
  tx: Tx,
  services: { divisions: SubsidyDivisions; plans: PlanEntering; documents: Documents; people: People },
  officers: ReadonlyMap<string, string>,
): Promise<void> {
  const { divisions, plans, documents, people } = services
  const ids = ['bestuurder', 'gemeente', 'serviceteam'].map((key) => officers.get(key)!)
  const names = await people.named(ids, tx)
  const [director, municipality, team] = ids.map((personId) => ({
    personId,
    name: names.get(personId)!.name,
  }))
  const proposal = { budgetCents: EXECUTION_2019, shifts: [], reason: '' }
  await divisions.proposeIn(tx, 2019, proposal, director!.personId, PROPOSED_AT)
  await divisions.agreeIn(tx, 2019, 1, AGREED_ON, director!.personId)

  const blocks = goals.map(({ text }) => ({ kind: 'paragraph' as const, text }))
  const paper = await documents.pdf({
    ...{ title: 'Werkplan 2019', lang: 'nl', madeAt: RECORDED_AT },
    blocks: [{ kind: 'paragraph', text: 'Dit is een voorbeeld, zonder handtekeningen.' }, ...blocks],
  })
  const judged = (
    goalId: string,
    verdict: 'met' | 'partly',
    evidence: string,
  ): EarlierPlan['judgements'][number] => ({
    ...{ goalId, verdict, evidence },
    proposed: { at: JUDGED_AT, by: team! },
    confirmed: { at: ANSWERED_AT, by: municipality! },
  })
  await plans.enter(tx, {
    ...{ year: 2019, goals, agreedOn: AGREED_ON, file: new Upload('werkplan-2019.pdf', paper) },
    recorded: { at: RECORDED_AT, by: director! },
    confirmed: { at: CONFIRMED_AT, by: municipality! },
    judgements: [
      judged('doel-4', 'met', 'Wijkcoöperatie Oost voert sinds 1 januari 2019 de afspraak uit.'),
      judged(
        'doel-5',
        'partly',
        'Op drie van de vier plekken is elke week een inloop. Voor de vierde plek was geen ruimte.',
      ),
    ],
  })
}
