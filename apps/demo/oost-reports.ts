import type { Draft } from '#accountability'
import type { TermsJson } from '#agreements'

/**
 * The agreement of the first wijkcoöperatie and its reports on 2019. All figures and stories are invented for this
 * example; their proportions follow the rules of the model budget (€ 60,000 per fte, activities 7.5%, volunteer
 * fees 5%, training 3%, ICT at most € 2,500 per employee, a risk mark-up of 2%).
 */
const lines = [
  ['personeel', 'Personeel (1,6 fte)', '9600000'],
  ['activiteiten', 'Activiteiten', '1350000'],
  ['vrijwilligers', 'Vrijwilligersvergoedingen', '900000'],
  ['scholing', 'Scholing', '540000'],
  ['huisvesting', 'Huisvesting', '2400000'],
  ['ict', 'ICT', '750000'],
  ['serviceteam', 'Bijdrage aan het serviceteam', '1500000'],
  ['communicatie', 'Communicatie en klein materiaal', '480000'],
  ['risico', 'Risico-opslag', '360000'],
  ['onvoorzien', 'Onvoorzien', '120000'],
] as const

/** € 180,000 is 3.8% of the execution budget of € 4,763,877: within the 3 to 5% of year one. */
export const oostTerms: TermsJson = {
  wijkbudgetCents: '18000000',
  explainOver: '10/100',
  lines: lines.map(([id, label, budgetCents]) => ({ id, label, budgetCents })),
  indicators: [
    {
      id: 'deelnemers',
      label: 'Deelnemers aan activiteiten',
      kind: 'unique',
      unit: 'mensen',
      target: '600',
      due: 'quarter',
    },
    {
      id: 'vrijwilligers',
      label: 'Actieve vrijwilligers',
      kind: 'count',
      unit: 'vrijwilligers',
      target: '85',
      due: 'quarter',
    },
    {
      id: 'initiatieven',
      label: 'Gesteunde bewonersinitiatieven die doorgaan',
      kind: 'nOfM',
      unit: 'initiatieven',
      target: '12/15',
      due: 'quarter',
    },
    {
      id: 'eigen-middelen',
      label: 'Eigen middelen als deel van het wijkbudget',
      kind: 'percentage',
      unit: '',
      target: '5',
      due: 'quarter',
    },
    { id: 'waardering', label: 'Cijfer van deelnemers', kind: 'grade', unit: '', target: '7.5', due: 'year' },
  ],
}

type LineId = (typeof lines)[number][0]
type Typed = [actual: string, forecast: string, explanation?: string]

function draft(
  story: [string, string, string],
  money: Partial<Record<LineId, Typed>>,
  values: Record<string, string>,
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
      { deelnemers: '180', vrijwilligers: '62', initiatieven: '4 van 5', 'eigen-middelen': '1,2' },
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
      { deelnemers: '340', vrijwilligers: '70', initiatieven: '7 van 9', 'eigen-middelen': '2,6' },
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
      { deelnemers: '480', vrijwilligers: '78', initiatieven: '10 van 12', 'eigen-middelen': '4,1' },
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
