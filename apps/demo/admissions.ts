import type { Applying, Criteria, Criterion } from '#admissions'
import type { Day } from '#kernel'
import { type Tx, Upload } from '#platform'
import { paper } from './paper.js'

const HOLDS_FROM: Day = '2018-06-01'

/** The criteria of the demo: those of the subsidy application 2018; the article numbers are assumptions. */
const criteria: Criterion[] = [
  ...(['voting', 'supporting'] as const).flatMap((kind) => [
    criterion(kind, 1, 'geen-winst', 'Uw organisatie heeft geen winstoogmerk.', 'artikel 5 lid 1 onder a'),
    criterion(
      kind,
      2,
      'rechtsvorm',
      'Uw organisatie staat in het handelsregister.',
      'artikel 5 lid 1 onder b',
    ),
  ]),
  criterion('voting', 3, 'geworteld', 'Uw organisatie is geworteld in een buurt.', 'artikel 5 lid 2 onder a'),
  criterion(
    'voting',
    4,
    'initiatief',
    'Uw organisatie steunt initiatieven van bewoners of voert ze zelf uit.',
    'artikel 5 lid 2 onder b',
  ),
]

/** The checklist for new members, and one application (of an invented organisation) that waits for assessment. */
export async function loadAdmissions(
  tx: Tx,
  services: { criteria: Criteria; applying: Applying },
): Promise<void> {
  await services.criteria.record(tx, criteria, null)
  await services.applying.receiveOnPaper(tx, morgenster, [
    {
      criterion: 'rechtsvorm',
      upload: new Upload('uittreksel-handelsregister.pdf', paper('Voorbeeld van een uittreksel')),
    },
    {
      criterion: 'geworteld',
      upload: new Upload('moestuin-in-de-buurt.pdf', paper('Voorbeeld: de moestuin')),
    },
  ])
}

const morgenster = {
  naam: 'Buurtkas De Morgenster',
  rechtsvorm: 'stichting',
  kvk: '90000001',
  rsin: '900000016',
  straat: 'Voorbeeldstraat 1',
  postcode: '3500 AA',
  plaats: 'Utrecht',
  soort: 'voting',
  'buurt.1': 'ja',
  contactNaam: 'Contactpersoon De Morgenster',
  contactEmail: 'morgenster@example.org',
  contactTelefoon: '',
  afgevaardigdeNaam: 'Afgevaardigde De Morgenster',
  afgevaardigdeEmail: 'morgenster@example.org',
  'criterium.geen-winst': 'Wat overblijft gaat naar activiteiten in de buurt.',
  'criterium.rechtsvorm': 'Wij zijn een stichting en staan ingeschreven.',
  'criterium.geworteld': 'Onze moestuin en keuken liggen midden in de buurt. Twintig bewoners doen mee.',
  'criterium.initiatief': 'Wij koken elke week met bewoners en helpen nieuwe groepen op weg.',
  onderschrijft: 'ja',
  garantie: '1.000',
}

function criterion(
  kind: Criterion['kind'],
  position: number,
  key: string,
  text: string,
  article: string,
): Criterion {
  return { kind, position, key, text, article, applies: true, holdsFrom: HOLDS_FROM }
}
