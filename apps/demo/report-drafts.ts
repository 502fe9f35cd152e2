import type { Draft } from '#accountability'
import { type DemoAgreement, demoAgreements } from './agreements.js'

/**
 * The contractor's reports on 2019, per area and quarter: invented for this example, with figures that follow from
 * the budget. Amounts grow through the year in whole euros, and at its end stay a little under or over each line.
 */

/** How far into the year, in thousandths of the budget, each line is after each quarter. */
const COURSE: Record<string, readonly [number, number, number, number]> = {
  personeel: [243, 489, 738, 991],
  activiteiten: [160, 430, 760, 1012],
  vrijwilligers: [205, 460, 715, 968],
  scholing: [150, 360, 520, 905],
  huisvesting: [250, 500, 750, 1000],
  ict: [520, 690, 850, 1008],
  communicatie: [210, 440, 700, 955],
  risico: [0, 0, 0, 1000],
  onvoorzien: [0, 120, 310, 640],
}

/** What an area's people wrote; one story a quarter, on main lines. */
const STORIES: Record<
  string,
  readonly (readonly [wentWell: string, wentLess: string, why: string, risks: string])[]
> = {
  'zuid-oost': [
    [
      'Het spreekuur in Lunetten loopt vol en de kindermiddag in Hoograven is gestart.',
      'De ontmoetingsgroep voor mannen kwam niet van de grond.',
      'Er was nog geen gastheer die de groep wil trekken.',
      'Geen.',
    ],
    [
      'In Tolsteeg nemen bewoners de moestuin zelf over.',
      'Het taalcafé had te weinig vrijwilligers.',
      'Vier vrijwilligers kregen een baan. Wij werven opnieuw.',
      'Geen.',
    ],
    [
      'Het buurtfeest in Hoograven bracht driehonderd mensen bij elkaar.',
      'Eén zaal was zes weken dicht.',
      'Er was lekkage. Activiteiten gingen door in de school.',
      'De huur van de zaal gaat volgend jaar omhoog.',
    ],
    [
      'De kindermiddag draait nu op eigen kracht van ouders.',
      'Scholing bleef onder de begroting.',
      'De trainer viel uit; twee dagdelen schuiven door.',
      'De huur van de zaal gaat omhoog.',
    ],
  ],
  'zuidwest-binnenstad': [
    [
      'In Kanaleneiland werken drie organisaties vanuit één huis.',
      'De inloop in de binnenstad trekt weinig bewoners.',
      'De plek is lastig te vinden. Er komt een bord.',
      'Geen.',
    ],
    [
      'De fietslessen hadden een wachtlijst en kregen een tweede groep.',
      'Het jongerenwerk miste twee weken een begeleider.',
      'Er was een vacature. Die is vervuld.',
      'Geen.',
    ],
    [
      'De zomerschool in Rivierenwijk zat vol.',
      'De ontmoeting tussen studenten en ouderen bleef klein.',
      'In de zomer zijn studenten weg. Wij beginnen opnieuw in september.',
      'Geen.',
    ],
    [
      'Rivierenwijk verdeelde zelf het buurtfonds over dertig plannen.',
      'De administratie van kleine bedragen kost veel tijd.',
      'Wij maken de regels eenvoudiger.',
      'Een huurcontract loopt af in juni.',
    ],
  ],
  'noordoost-overvecht': [
    [
      'In Overvecht Noord opende het eetcafé, elke donderdag vol.',
      'In Tuindorp is er nog weinig aanbod.',
      'Wij zoeken daar een plek.',
      'Geen.',
    ],
    [
      'Veertig bewoners volgden de cursus burenhulp.',
      'De computerhulp in Voordorp stopte tijdelijk.',
      'De vrijwilliger verhuisde.',
      'Geen.',
    ],
    [
      'De moedergroep in Overvecht Zuid bereikte vrouwen die nergens anders komen.',
      'De vergoedingen voor vrijwilligers bleven achter.',
      'Niet iedereen vraagt de vergoeding aan. Wij leggen uit dat het mag.',
      'Geen.',
    ],
    [
      'Bewoners in Overvecht bereiden een eigen wijkcoöperatie voor.',
      'Er waren meer klachten over drukte dan wij wilden.',
      'Het gebouw is te klein voor drie groepen tegelijk.',
      'Zonder tweede gebouw groeit de wachtlijst.',
    ],
  ],
  'noordwest-west': [
    [
      'In Zuilen trokken bewoners de voedseltuin aan.',
      'Het spreekuur in Oog en Al was leeg.',
      'Wij verplaatsen het naar de bibliotheek.',
      'Geen.',
    ],
    [
      'In Ondiep kwamen er acht nieuwe klussenhulpen bij.',
      'De jeugdavond liep uit.',
      'Er was één begeleider te weinig.',
      'Geen.',
    ],
    [
      'Lombok hield een straatdiner met vijftig keukens.',
      'Scholing bleef achter.',
      'In de zomer was er geen docent.',
      'Geen.',
    ],
    [
      'De voedseltuin levert aan de buurtmaaltijd.',
      'De activiteiten kostten meer dan begroot.',
      'Er waren meer deelnemers.',
      'Geen.',
    ],
  ],
  'leidsche-rijn': [
    [
      'Nieuwe bewoners van Leidsche Rijn Centrum vinden de welkomstavond.',
      'De sportmiddag regende drie keer weg.',
      'Wij zoeken een zaal voor slecht weer.',
      'Geen.',
    ],
    [
      'In Parkwijk nam een groep ouders het speelplein in beheer.',
      'Het repaircafé ging later open.',
      'Het gereedschap werd laat geleverd.',
      'Geen.',
    ],
    [
      'In Terwijde eten elke week zestig mensen samen.',
      'Er zijn te weinig vrijwilligers in de avond.',
      'Mensen werken overdag; wij proberen het weekend.',
      'Geen.',
    ],
    [
      'Het repaircafé repareerde tweehonderd apparaten.',
      'De grote zaal is nog niet klaar.',
      'De bouw liep uit tot het voorjaar.',
      'De oplevering van de zaal kan later worden.',
    ],
  ],
  'vleuten-de-meern': [
    [
      'In Haarzuilens begon een koffieochtend voor mantelzorgers.',
      'De jongerenplek in Veldhuizen trok weinig meiden.',
      'Zij vroegen om een eigen avond.',
      'Geen.',
    ],
    [
      'De meidenavond in Veldhuizen zit vol.',
      'De scholing begon laat.',
      'De planning van de docent liep mis.',
      'Geen.',
    ],
    [
      'Mantelzorgers organiseren nu zelf hun dag.',
      'De bus naar De Meern rijdt niet meer in de avond.',
      'Wij regelen ritten met vrijwilligers.',
      'Geen.',
    ],
    ['De kerstmaaltijd had honderd gasten.', '', '', ''],
  ],
}

/** How many volunteers, in percent of the target, and how many complaints stand open after each quarter. */
const VOLUNTEERS: Record<string, readonly [number, number, number, number]> = {
  'zuid-oost': [88, 93, 101, 104],
  'zuidwest-binnenstad': [92, 97, 99, 103],
  'noordoost-overvecht': [95, 102, 106, 111],
  'noordwest-west': [90, 100, 103, 107],
  'leidsche-rijn': [85, 91, 94, 97],
  'vleuten-de-meern': [94, 96, 100, 102],
}
const COMPLAINTS: Record<string, readonly [number, number, number, number]> = {
  'noordoost-overvecht': [1, 2, 2, 4],
}
const EXPLAINED = {
  volunteers: 'Wij werven dit jaar nog; in de tweede helft komen er meer bij.',
  initiatives: 'Een initiatief stopte toen de trekker verhuisde.',
  complaints: 'Het gebouw is te klein voor drie groepen tegelijk. Er ligt een plan voor een tweede gebouw.',
  unforeseen: 'Er waren minder tegenvallers dan verwacht.',
}

/** The draft of the contractor for an area and a quarter (1 to 4) as typed; the last one may be half done. */
export function contractorDraft(slug: string, quarter: 1 | 2 | 3 | 4): Draft {
  const agreement = demoAgreements.find((one) => one.slug === slug)!
  const [wentWell, wentLess, why, risks] = STORIES[slug]![quarter - 1]!
  return {
    'narrative.wentWell': wentWell && `${wentWell} (Verzonnen voor dit voorbeeld.)`,
    'narrative.wentLess': wentLess,
    'narrative.why': why,
    ...moneyOf(agreement, quarter),
    ...indicatorsOf(agreement, quarter),
    ...meansOf(agreement, quarter),
    'risks.text': risks,
  }
}

function moneyOf({ slug, terms }: DemoAgreement, quarter: number): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const { id, budgetCents } of terms.lines) {
    const share = BigInt(
      COURSE[id]![quarter - 1]! + (id === 'activiteiten' && slug === 'noordwest-west' ? 40 : 0),
    )
    const budget = BigInt(budgetCents)
    const actual = euros((budget * share) / 1000n)
    const forecast = quarter === 4 ? actual : id === 'onvoorzien' && quarter === 3 ? budget / 2n : budget
    Object.assign(typed, {
      [`lines.${id}.actual`]: written(actual),
      [`lines.${id}.forecast`]: written(forecast),
    })
    if (id === 'onvoorzien' && quarter >= 3) typed[`lines.${id}.explanation`] = EXPLAINED.unforeseen
  }
  return typed
}

function indicatorsOf({ slug, terms }: DemoAgreement, quarter: number): Record<string, string> {
  const target = (id: string) => Number(terms.indicators.find((one) => one.id === id)!.target)
  const volunteers = Math.floor((target('vrijwilligers') * VOLUNTEERS[slug]![quarter - 1]!) / 100)
  const complaints = COMPLAINTS[slug]?.[quarter - 1] ?? quarter % 3
  const supported = Math.max(4, Math.floor(target('vrijwilligers') / 12)) + quarter
  const typed: Record<string, string> = {
    'indicators.deelnemers.value': String(Math.floor((target('deelnemers') * (quarter * 24 + 6)) / 100)),
    'indicators.vrijwilligers.value': String(volunteers),
    'indicators.initiatieven.value': `${supported - Math.ceil(supported / 5)} van ${supported}`,
    'indicators.klachten.value': String(complaints),
  }
  if (volunteers < target('vrijwilligers'))
    typed['indicators.vrijwilligers.explanation'] = EXPLAINED.volunteers
  if (complaints > 2) typed['indicators.klachten.explanation'] = EXPLAINED.complaints
  if ((supported - Math.ceil(supported / 5)) * 4 < supported * 3)
    typed['indicators.initiatieven.explanation'] = EXPLAINED.initiatives
  if (quarter === 4) {
    typed['indicators.waardering.value'] = slug === 'leidsche-rijn' ? '7,9' : '7,6'
    typed['indicators.toegankelijk.value'] = 'ja'
  }
  return typed
}

function meansOf({ terms }: DemoAgreement, quarter: number): Record<string, string> {
  const budget = BigInt(terms.wijkbudgetCents)
  const perQuarter = (thousandths: bigint) =>
    written(euros((budget * thousandths * BigInt(quarter)) / 4000n) + 100n)
  return {
    'advances.received': written(euros((budget * BigInt(quarter)) / 4n)),
    'ownMeans.actual': perQuarter(52n),
    'socialReturn.actual': perQuarter(51n),
    'people.fte': String(Number((budget * 3n) / 4n / 6_000_000n)),
    'people.volunteers': String(Number(budget / 240_000n)),
  }
}

const euros = (cents: bigint) => (cents / 100n) * 100n

/** As people type it: `1.234,50`. */
function written(cents: bigint): string {
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, '.')
  return `${whole},${(cents % 100n).toString().padStart(2, '0')}`
}
