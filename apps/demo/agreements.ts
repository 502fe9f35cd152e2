import { PROJECT_ADMINISTRATION, type TermsJson } from '#agreements'
import { apportion, centsToJson } from '#kernel'
import { accountingDistricts } from './areas.js'

/**
 * The agreements of the demo for 2019: the first wijkcoöperatie, and the contractor wherever no wijkcoöperatie exists
 * yet (subsidy application 2018, § 6). Their wijkbudgets add up to the execution budget of € 4,763,877. Lines,
 * indicators and targets are invented for this example; the proportions follow the model budget (€ 60,000 per
 * fte, activities 7.5%, volunteer fees 5%, training 3%, ICT at most € 2,500 per employee, a risk mark-up of 2%).
 */
const EXECUTION_BUDGET = 476_387_700n
/** € 180,000 is 3.8% of the execution budget: within the 3 to 5% of year one. */
const OOST_BUDGET = 18_000_000n

/** Budget lines in hundredths of a percent of the wijkbudget. */
const LINES = [
  ['personeel', 'Personeel', 7250n],
  ['activiteiten', 'Activiteiten', 750n],
  ['vrijwilligers', 'Vrijwilligersvergoedingen', 500n],
  ['scholing', 'Scholing', 300n],
  ['huisvesting', 'Huisvesting', 550n],
  ['ict', 'ICT', 270n],
  ['communicatie', 'Communicatie en klein materiaal', 130n],
  ['risico', 'Risico-opslag', 200n],
  ['onvoorzien', 'Onvoorzien', 50n],
] as const

const oostLines = [
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

/**
 * What all areas are asked. What grows during the year is due once, in the fourth quarter, and may be given earlier;
 * what stands at any moment is due every quarter.
 */
function indicators(of: {
  participants: number
  volunteers: number
  initiatives: string
}): TermsJson['indicators'] {
  return [
    {
      id: 'deelnemers',
      label: 'Deelnemers aan activiteiten',
      kind: 'unique',
      unit: 'mensen',
      target: String(of.participants),
      due: 'year',
    },
    {
      id: 'vrijwilligers',
      label: 'Actieve vrijwilligers',
      kind: 'count',
      unit: 'vrijwilligers',
      target: String(of.volunteers),
      due: 'quarter',
    },
    {
      id: 'initiatieven',
      label: 'Gesteunde bewonersinitiatieven die doorgaan',
      kind: 'nOfM',
      unit: 'initiatieven',
      target: of.initiatives,
      due: 'quarter',
    },
    {
      id: 'klachten',
      label: 'Klachten die langer dan een maand openstaan',
      kind: 'count',
      unit: 'klachten',
      target: '2',
      better: 'lower',
      due: 'quarter',
    },
    { id: 'waardering', label: 'Cijfer van deelnemers', kind: 'grade', unit: '', target: '7.5', due: 'year' },
    {
      id: 'toegankelijk',
      label: 'Alle gebouwen zijn toegankelijk met een rolstoel',
      kind: 'yesNo',
      unit: '',
      target: 'yes',
      due: 'year',
    },
  ]
}

/** What each agreement says besides money and indicators; the parties wrote it in these words. */
function clauses(area: string, counterparty: string): TermsJson['clauses'] {
  return [
    {
      id: 'doel',
      heading: 'Doel',
      text: `Deze afspraak gaat over het sociaal makelaarschap in ${area}. Bewoners en ondernemers doen mee, helpen elkaar en nemen zelf initiatief.`,
    },
    {
      id: 'plichten-uitvoerder',
      heading: `Wat ${counterparty} doet`,
      text: `${counterparty} voert uit wat hieronder staat, legt elk kwartaal op hoofdlijnen verantwoording af en meldt het meteen als iets niet gaat lukken.`,
    },
    {
      id: 'plichten-stadscooperatie',
      heading: 'Wat SAMEN030 doet',
      text: 'SAMEN030 betaalt het wijkbudget in voorschotten, ondersteunt met het serviceteam en beoordeelt een verantwoording binnen drie weken.',
    },
    {
      id: 'projectadministratie',
      heading: 'Projectadministratie',
      text: PROJECT_ADMINISTRATION,
    },
    {
      id: 'ingrijpen',
      heading: 'Als het niet goed gaat',
      text: 'Schiet een van beide tekort, dan volgen de stappen die hieronder staan: eerst een gesprek, dan een plan, en pas daarna ingrijpen of de ALV.',
    },
  ]
}

/** An agreement of the demo. `reporter` says whose treasurer and coordinator account for it. */
export interface DemoAgreement {
  slug: string
  name: string
  kind: 'district' | 'execution' | 'direction'
  counterparty: 'oost' | 'gsmo' | 'zorgbelang'
  /** The administrative wijk by its short name; null for the whole city. */
  accountingDistrict: string | null
  terms: TermsJson
}

export const oostTerms: TermsJson = {
  wijkbudgetCents: centsToJson(OOST_BUDGET),
  explainOver: '10/100',
  lines: oostLines.map(([id, label, budgetCents]) => ({ id, label, budgetCents })),
  indicators: indicators({ participants: 600, volunteers: 60, initiatives: '3/4' }),
  employer: 'contractor',
  clauses: clauses('Oost', 'Wijkcoöperatie Oost'),
}

function contractorTerms(name: string, budget: bigint): TermsJson {
  const lines = apportion(
    budget,
    LINES.map(([id, , weight]) => ({ id, weight })),
  )
  // One participant for each € 280 and one volunteer for each € 2,400: as in Oost, rounded down to tens.
  const tens = (cents: bigint, each: bigint) => Number(cents / each / 10n) * 10
  return {
    wijkbudgetCents: centsToJson(budget),
    explainOver: '10/100',
    lines: lines.map(({ id, amount }) => ({
      id,
      label: LINES.find((line) => line[0] === id)![1],
      budgetCents: centsToJson(amount),
    })),
    indicators: indicators({
      participants: tens(budget, 28_000n),
      volunteers: tens(budget, 240_000n),
      initiatives: '3/4',
    }),
    employer: 'contractor',
    clauses: clauses(name, 'De GSMO'),
  }
}

/** A contract about the whole city: an amount and duties, without quarterly report. */
function cityContract(line: string, budget: bigint, text: string): TermsJson {
  return {
    wijkbudgetCents: centsToJson(budget),
    explainOver: '10/100',
    lines: [{ id: 'vergoeding', label: line, budgetCents: centsToJson(budget) }],
    indicators: [],
    clauses: [
      { id: 'doel', heading: 'Doel', text },
      {
        id: 'projectadministratie',
        heading: 'Projectadministratie',
        text: 'De boekhouding van deze subsidie is onderdeel van de projectadministratie van SAMEN030.',
      },
    ],
  }
}

/** The agreement of Vleuten-De Meern asks its reports within thirty days; the others as the statutes say. */
const OWN_DUE_DAYS: Record<string, number> = { 'vleuten-de-meern': 30 }

function districtAgreements(): DemoAgreement[] {
  const parts = apportion(
    EXECUTION_BUDGET,
    accountingDistricts.map(([id, , weight]) => ({ id, weight })),
  )
  return accountingDistricts.map(([slug, name]) => {
    const part = parts.find(({ id }) => id === slug)!.amount
    const terms = contractorTerms(name, slug === 'zuid-oost' ? part - OOST_BUDGET : part)
    return {
      slug,
      name,
      kind: 'district',
      counterparty: 'gsmo',
      accountingDistrict: slug,
      terms: OWN_DUE_DAYS[slug] ? { ...terms, reportDueDays: OWN_DUE_DAYS[slug] } : terms,
    }
  })
}

export const demoAgreements: readonly DemoAgreement[] = [
  {
    slug: 'oost',
    name: 'Oost',
    kind: 'district',
    counterparty: 'oost',
    accountingDistrict: 'zuid-oost',
    terms: oostTerms,
  },
  ...districtAgreements(),
  {
    slug: 'uitvoering',
    name: 'Uitvoering in de hele stad',
    kind: 'execution',
    counterparty: 'gsmo',
    accountingDistrict: null,
    terms: cityContract(
      'Uitvoering waar geen wijkcoöperatie is',
      EXECUTION_BUDGET - OOST_BUDGET,
      'De GSMO voert het sociaal makelaarschap uit in elke wijk waar nog geen wijkcoöperatie is, en draagt het over zodra die er komt.',
    ),
  },
  {
    slug: 'bestuur',
    name: 'Bestuur en projectleiding',
    kind: 'direction',
    counterparty: 'zorgbelang',
    accountingDistrict: null,
    terms: cityContract(
      'Bestuur en projectleiding (0,2 fte en 1.300 uur)',
      13_800_000n,
      'Zorgbelang bestuurt de stadscoöperatie, is penvoerder van de subsidie en leidt de projecten voor vernieuwing.',
    ),
  },
]
