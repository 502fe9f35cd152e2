import type { Day } from '#kernel'
import { quorumSentence } from './attendance-section.js'
import { type Fact, line } from './minutes.js'
import type { RecordedPoll } from './record.js'
import { because, listed, momentOf, timeOf, votes } from './words.js'

/** What the log says of one poll: when, on which text, the votes, the verdict, and what went wrong. */
export function pollFacts(poll: RecordedPoll, subject: string, heldOn: Day): Fact[] {
  return [
    line(openedSentence(poll, subject)),
    ...(poll.text === null
      ? []
      : [{ kind: 'quote' as const, label: 'Tekst waarover is gestemd', text: poll.text }]),
    ...(poll.voided
      ? [
          line(
            `Deze stemming is om ${timeOf(poll.voided.at)} uur ongeldig verklaard en telt niet.${because(poll.voided.reason)}`,
          ),
        ]
      : resultFacts(poll)),
    ...challengeFacts(poll),
    ...poll.rulings.map(({ at, office, text, reason }) =>
      line(
        `Verklaring van de ${OFFICES[office]}, ${momentOf(at, heldOn)}, bij besluit ${poll.result?.decision ?? ''}: ${text.trim()}${because(reason)}`,
      ),
    ),
  ]
}

/** Offices as the minutes name them. */
export const OFFICES: Record<string, string> = {
  chair: 'voorzitter',
  secretary: 'secretaris',
  director: 'bestuurder',
  ambassador: 'ambassadeur',
}

function openedSentence({ openedAt, closedAt, isRevote, onPaper }: RecordedPoll, subject: string): string {
  const what = isRevote ? `herstemming over ${subject}` : `stemming over ${subject}`
  const closed = closedAt ? ` en gesloten om ${timeOf(closedAt)} uur` : ''
  const how = onPaper ? ' Er is op papier gestemd.' : ''
  return `De ${what} is geopend om ${timeOf(openedAt)} uur${closed}.${how}`
}

function resultFacts({ result, entered, byProxy, inAdvance, replaces }: RecordedPoll): Fact[] {
  if (!result) return [line('Van deze stemming is geen uitslag vastgesteld.')]
  const { tally, quorum, reason, adopted, declaredAt, decision } = result
  const ways = [
    ...(inAdvance > 0 ? [`${inAdvance} vooraf`] : []),
    ...(byProxy > 0 ? [`${byProxy} met volmacht`] : []),
    ...(entered > 0 ? [`${entered} ingevoerd door de secretaris`] : []),
  ]
  const how = ways.length > 0 ? ` Daarvan ${listed(ways)}.` : ''
  return [
    line(`Stemmen: ${tally.for} voor, ${tally.against} tegen, ${tally.blank} blanco.${how}`),
    // Where a quorum is asked, the verdict says it in full.
    ...(quorum.needed === null ? [line(`Bij de stemming: ${quorumSentence(quorum)}`)] : []),
    line(`Uitslag, vastgesteld om ${timeOf(declaredAt)} uur: ${reason}`),
    line(
      `Besluit ${decision}: ${adopted ? 'aangenomen' : 'niet aangenomen'}.${replaces ? ` Het komt in de plaats van besluit ${replaces}.` : ''}`,
    ),
  ]
}

/** A result that was disputed at once (BW 2:13 lid 3 and 4). */
function challengeFacts({ challenge }: RecordedPoll): Fact[] {
  if (!challenge) return []
  const { at, by, reason, demanding, majorityAt, replaced } = challenge
  const who = by ? ` door ${by}` : ''
  const after = replaced
    ? ' Er is opnieuw gestemd.'
    : ' Een meerderheid daarvoor kwam er niet: de uitslag bleef staan.'
  const demand = majorityAt
    ? ` Om ${timeOf(majorityAt)} uur eiste de meerderheid een nieuwe stemming.`
    : ` ${votes(demanding)} ${demanding === 1 ? 'vroeg' : 'vroegen'} om een nieuwe stemming.`
  return [line(`De uitslag is om ${timeOf(at)} uur${who} betwist.${because(reason)}${demand}${after}`)]
}
