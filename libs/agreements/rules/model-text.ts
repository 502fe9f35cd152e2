import { type Draft, entriesOf, MANDATORY_CLAUSE } from './draft.js'
import type { Clause } from './terms.js'

/**
 * The core of the mandatory clause: the wijk's bookkeeping of this subsidy belongs to the project administration of
 * the cooperative, which answers to the gemeente for all of it (subsidy application 2018, § 9.7 and § 10.1).
 */
export const PROJECT_ADMINISTRATION =
  'De boekhouding van de uitvoerder maakt, voor zover het deze subsidie betreft, als projectadministratie deel uit van de administratie van de stadscoöperatie. De stadscoöperatie is verantwoordelijk voor de financiële verantwoording aan de gemeente. De uitvoerder boekt daarom volgens het rekeningschema van de stadscoöperatie, houdt deze subsidie apart van ander geld en geeft het serviceteam, de controller, de kascommissie en de accountant inzage in boeken en stukken.'

/** A clause as it is agreed: of the mandatory one the core stands first, whatever was added to it. */
export function wholeText(id: string, typed: string): string {
  if (id !== MANDATORY_CLAUSE) return typed
  const added = typed.trim()
  return added === '' ? PROJECT_ADMINISTRATION : `${PROJECT_ADMINISTRATION}\n\n${added}`
}

/** What was added to the core, of a whole text; of other clauses the text itself. */
export function addedText(id: string, whole: string): string {
  if (id !== MANDATORY_CLAUSE || !whole.startsWith(PROJECT_ADMINISTRATION)) return whole
  return whole.slice(PROJECT_ADMINISTRATION.length).trim()
}

/** A draft with every clause as it would be agreed: of the mandatory one the core and what was added to it. */
export function inFull(draft: Draft): Draft {
  const full = entriesOf(draft, 'clauses').map(({ index, fields }): [string, string] => [
    `clauses.${index}.text`,
    wholeText(fields.id ?? '', (fields.text ?? '').trim()),
  ])
  return { ...draft, ...Object.fromEntries(full) }
}

/** Whether the mandatory clause stands in the text with its core. */
export function hasProjectAdministration(clauses: readonly Clause[]): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ')
  return clauses.some(
    ({ id, text }) => id === MANDATORY_CLAUSE && plain(text).includes(plain(PROJECT_ADMINISTRATION)),
  )
}

/**
 * The model text of an agreement, to begin from: rights and duties of both sides, and what happens when either falls
 * short (subsidy application 2018, § 9.7). Dutch, as every text of the cooperative.
 */
export const modelClauses: readonly Clause[] = [
  clause(
    'doel',
    'Doel',
    'Bewoners, buurtondernemers en organisaties uit de buurt voeren samen het sociaal makelaarschap uit. Zij stellen hun prioriteiten samen met de bewoners vast. Deze afspraak legt vast wat de partijen daarvoor van elkaar mogen verwachten.',
  ),
  clause(
    'diensten',
    'Wat de uitvoerder doet',
    'De uitvoerder zorgt in de genoemde buurten voor het sociaal makelaarschap: voor volwassenen, voor kinderen en jeugd, en voor het sociaal beheer van buurtgebouwen, voor zover deze diensten hierboven zijn genoemd. De uitvoerder steunt initiatieven van bewoners en werkt samen met de andere organisaties in de wijk.',
  ),
  clause(
    'plichten-uitvoerder',
    'Plichten van de uitvoerder',
    'De uitvoerder besteedt het wijkbudget aan het werk in de buurten, haalt de afgesproken eigen middelen op, werkt aan de afgesproken indicatoren, zorgt voor veilig en goed werk voor medewerkers en vrijwilligers, en meldt het op tijd als iets niet lukt.',
  ),
  clause(
    'plichten-stadscooperatie',
    'Plichten van de stadscoöperatie',
    'De stadscoöperatie betaalt het wijkbudget op tijd in voorschotten, ondersteunt de uitvoerder met het serviceteam, beoordeelt elke verantwoording binnen een maand, vertegenwoordigt de uitvoerder bij de gemeente en betrekt de uitvoerder bij besluiten die de wijk raken.',
  ),
  clause(
    'wijkbudget',
    'Wijkbudget',
    'Het wijkbudget geldt per kalenderjaar en is verdeeld over de posten van de begroting. Tussen posten mag de uitvoerder schuiven; een grotere afwijking dan afgesproken licht de uitvoerder toe in de verantwoording. De bedragen worden elk jaar opnieuw afgesproken, zoals de subsidie elk jaar wordt verleend. Wat niet is besteed, gaat terug naar de stadscoöperatie.',
  ),
  clause(
    'eigen-middelen',
    'Eigen middelen en social return',
    'De uitvoerder brengt zelf ten minste het afgesproken deel van het wijkbudget op, met contributies, sponsoring en bijdragen. Het afgesproken deel voor social return gaat naar werk en ontwikkeling van mensen met een afstand tot de arbeidsmarkt.',
  ),
  clause(
    'werkgever',
    'Werkgeverschap',
    'Wie hierboven als werkgever is genoemd, is de werkgever van de mensen die in de buurten werken. De uitvoerder geeft dagelijks leiding aan het werk. Vanaf het tweede jaar kan de uitvoerder zelf werkgever worden; dat spreken de partijen dan opnieuw af.',
  ),
  clause(MANDATORY_CLAUSE, 'Projectadministratie', ''),
  clause(
    'verantwoording',
    'Verantwoording',
    'De uitvoerder legt elk kwartaal op hoofdlijnen verantwoording af, in inhoud en in geld, op het formulier dat uit deze afspraak volgt. Niemand schrijft uren per persoon. Het serviceteam beoordeelt de verantwoording; de ALV bespreekt de vorderingen per buurt en wijk.',
  ),
  clause(
    'ingrijpen',
    'Als de uitvoerder tekortschiet',
    'De stadscoöperatie geeft eerst een signaal. Daarna volgen een gesprek, een herstelplan en een periode om te verbeteren, binnen de dagen die hieronder staan. Pas als dat niet helpt, grijpt de stadscoöperatie in met begeleiding of door het werk tijdelijk over te nemen. Elke stap is schriftelijk en met redenen.',
  ),
  clause(
    'ingebrekestelling',
    'Als de stadscoöperatie tekortschiet',
    'De uitvoerder stelt de stadscoöperatie schriftelijk in gebreke. De stadscoöperatie antwoordt binnen de dagen die hieronder staan. Komen de partijen er niet uit, dan bemiddelt de voorzitter, en daarna beslist de ALV.',
  ),
  clause(
    'gegevens',
    'Gegevens en privacy',
    'De partijen gebruiken alleen persoonsgegevens die voor dit werk nodig zijn. In verantwoordingen staan geen persoonsgegevens van bewoners. Wie gegevens van anderen ziet, houdt ze geheim.',
  ),
  clause(
    'einde',
    'Looptijd en einde',
    'De afspraak geldt voor de afgesproken periode en eindigt daarna vanzelf. Elke partij kan eerder opzeggen, schriftelijk, met redenen en met de afgesproken opzegtermijn. Samen kunnen de partijen op elk moment een ander einde afspreken. Bij het einde draagt de uitvoerder werk, middelen en boeken zorgvuldig over.',
  ),
]

function clause(id: string, heading: string, text: string): Clause {
  return { id, heading, text }
}

/** What a first draft holds: the model clauses and what is usual; everything can be changed. */
export function modelDraft(): Draft {
  const clauses = modelClauses.flatMap(({ id, heading, text }, place) => [
    [`clauses.${place}.id`, id],
    [`clauses.${place}.heading`, heading],
    [`clauses.${place}.text`, text],
  ])
  return Object.fromEntries([
    ...clauses,
    ['service.adults', 'ja'],
    ['service.youth', 'ja'],
    ['service.socialManagement', 'ja'],
    ['employer', 'contractor'],
    ['ownMeans', '5'],
    ['socialReturn', '5'],
    ['explainOver', '10'],
    ['ladder.conversationDays', '14'],
    ['ladder.recoveryPlanDays', '21'],
    ['ladder.improvementDays', '60'],
    ['ladder.answerDays', '14'],
    ['ladder.mediationDays', '30'],
    ['noticeMonths', '3'],
  ])
}
