import type { Draft } from '#accountability'

/** The reports of the first wijkcoöperatie on 2019. All figures and stories are invented for this example. */
type LineId =
  | 'personeel'
  | 'activiteiten'
  | 'vrijwilligers'
  | 'scholing'
  | 'huisvesting'
  | 'ict'
  | 'serviceteam'
  | 'communicatie'
  | 'risico'
  | 'onvoorzien'
type Typed = [actual: string, forecast: string, explanation?: string]

interface Further {
  advances: string
  ownMeans: string
  socialReturn: string
  fte: string
  volunteers: string
  risks: string
}

function draft(
  story: [string, string, string],
  money: Partial<Record<LineId, Typed>>,
  values: Record<string, string>,
  further?: Further,
): Draft {
  const [wentWell, wentLess, why] = story
  const typed: Record<string, string> = {
    'narrative.wentWell': wentWell,
    'narrative.wentLess': wentLess,
    'narrative.why': why,
  }
  for (const [id, [actual, forecast, explanation = '']] of Object.entries(money)) {
    Object.assign(typed, {
      [`lines.${id}.actual`]: actual,
      [`lines.${id}.forecast`]: forecast,
      [`lines.${id}.explanation`]: explanation,
    })
  }
  for (const [id, value] of Object.entries(values)) typed[`indicators.${id}.value`] = value
  if (further) {
    Object.assign(typed, {
      'advances.received': further.advances,
      'ownMeans.actual': further.ownMeans,
      'socialReturn.actual': further.socialReturn,
      'people.fte': further.fte,
      'people.volunteers': further.volunteers,
      'risks.text': further.risks,
    })
  }
  return typed
}

/** A report that was submitted and approved. */
export interface PastReport {
  quarter: string
  draft: Draft
  submittedAt: string
  reviewedAt: string
  remark: string
}

export const pastReports: readonly PastReport[] = [
  {
    quarter: '2019-Q1',
    submittedAt: '2019-04-18T14:12:00+02:00',
    reviewedAt: '2019-04-25T10:05:00+02:00',
    remark: '',
    draft: draft(
      [
        'De start ging vlot. De vier organisaties werken vanuit twee plekken en houden samen spreekuur. (Verzonnen voor dit voorbeeld.)',
        'De inloop op vrijdag trok nog weinig mensen.',
        'Veel buurtbewoners kennen de inloop nog niet. Wij gaan langs de deuren en hangen posters op.',
      ],
      {
        personeel: ['22.800', '96.000'],
        activiteiten: ['2.150', '13.500'],
        vrijwilligers: ['1.700', '9.000'],
        scholing: ['900', '5.400'],
        huisvesting: ['6.000', '24.000'],
        ict: ['4.200', '7.500'],
        serviceteam: ['3.750', '15.000'],
        communicatie: ['1.350', '4.800'],
        risico: ['0', '3.600'],
        onvoorzien: ['0', '1.200'],
      },
      { deelnemers: '180', vrijwilligers: '62', initiatieven: '4 van 5', klachten: '0' },
      {
        advances: '45.000',
        ownMeans: '2.160',
        socialReturn: '2.300',
        fte: '1,6',
        volunteers: '62',
        risks: 'Geen.',
      },
    ),
  },
  {
    quarter: '2019-Q2',
    submittedAt: '2019-07-16T09:40:00+02:00',
    reviewedAt: '2019-07-22T16:30:00+02:00',
    remark: 'Helder verhaal. Let op de kosten van activiteiten: de zomer moet nog komen.',
    draft: draft(
      [
        'De buurtmaaltijd groeide naar zestig gasten per maand en er kwamen acht vrijwilligers bij. (Verzonnen voor dit voorbeeld.)',
        'Het huiswerkuur begon een maand later dan gepland.',
        'De ruimte was pas in mei klaar. Het huiswerkuur loopt nu twee middagen per week.',
      ],
      {
        personeel: ['46.900', '96.000'],
        activiteiten: ['5.900', '13.500'],
        vrijwilligers: ['3.950', '9.000'],
        scholing: ['1.900', '5.400'],
        huisvesting: ['12.000', '24.000'],
        ict: ['6.100', '7.500'],
        serviceteam: ['7.500', '15.000'],
        communicatie: ['2.480,50', '4.800'],
        risico: ['0', '3.600'],
        onvoorzien: ['0', '1.200'],
      },
      { deelnemers: '340', vrijwilligers: '70', initiatieven: '7 van 9', klachten: '1' },
      {
        advances: '90.000',
        ownMeans: '4.680',
        socialReturn: '4.700',
        fte: '1,6',
        volunteers: '70',
        risks: 'Geen.',
      },
    ),
  },
  {
    quarter: '2019-Q3',
    submittedAt: '2019-10-15T20:25:00+02:00',
    reviewedAt: '2019-10-21T11:15:00+02:00',
    remark: '',
    draft: draft(
      [
        'Het zomerprogramma bereikte kinderen die eerder nergens aan meededen. (Verzonnen voor dit voorbeeld.)',
        'De scholing van vrijwilligers bleef achter.',
        'De trainer was ziek. In november is er een inhaaldag.',
      ],
      {
        personeel: ['69.700', '94.500'],
        activiteiten: [
          '10.400',
          '15.200',
          'Het zomerprogramma had meer deelnemers dan verwacht. Wij vangen dit op binnen scholing en onvoorzien.',
        ],
        vrijwilligers: ['6.450', '8.800'],
        scholing: ['2.300', '4.500', 'Twee trainingen vielen uit door ziekte; één halen wij in.'],
        huisvesting: ['18.000', '24.000'],
        ict: ['6.750', '7.200'],
        serviceteam: ['11.250', '15.000'],
        communicatie: ['3.320,75', '4.700'],
        risico: ['0', '3.600'],
        onvoorzien: ['350', '800', 'Wij verwachten geen grote tegenvallers meer.'],
      },
      { deelnemers: '480', vrijwilligers: '78', initiatieven: '10 van 12', klachten: '0' },
      {
        advances: '135.000',
        ownMeans: '7.380',
        socialReturn: '7.100',
        fte: '1,6',
        volunteers: '78',
        risks: 'De huur van de tweede plek kan volgend jaar stijgen.',
      },
    ),
  },
]

/** The fourth quarter: the coordinator has begun, the treasurer has to finish it. */
export const openDraft: { quarter: string; draft: Draft; savedAt: string } = {
  quarter: '2019-Q4',
  savedAt: '2020-02-04T16:45:00+01:00',
  draft: draft(
    [
      'Rond de feestdagen was er elke week een maaltijd, ook voor mensen die alleen zijn. (Verzonnen voor dit voorbeeld.)',
      'Het eetcafé in de Abstederdijk kwam niet van de grond.',
      '',
    ],
    {
      personeel: ['94.120', '94.120'],
      vrijwilligers: ['8.740', '8.740'],
      huisvesting: ['24.000', '24.000'],
      ict: ['7.180', '7.180'],
      serviceteam: ['15.000', '15.000'],
      risico: ['3.600', '3.600'],
    },
    { deelnemers: '615', vrijwilligers: '83' },
  ),
}
