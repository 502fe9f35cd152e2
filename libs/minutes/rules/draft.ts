import { attendanceSection, quorumSentence } from './attendance-section.js'
import { type Fact, line, type MinutesContent, type Section } from './minutes.js'
import { motionFacts } from './motion-facts.js'
import { OFFICES } from './poll-facts.js'
import type { RecordedItem, RecordedOfficer, RecordOfAssembly } from './record.js'
import { atMoment, because, dayInWords, listed, momentOf, spanInWords, timeOf } from './words.js'

/** Drafts the minutes from the log: facts in plain Dutch, and room for the secretary's remarks in every part. */
export function draft(record: RecordOfAssembly): MinutesContent {
  const { assembly, items } = record
  return {
    title: `Notulen van de ${assembly.kind === 'ordinary' ? 'algemene ledenvergadering' : 'buitengewone algemene ledenvergadering'} van ${dayInWords(assembly.heldOn)}`,
    subtitle: `${assembly.title}. ${where(assembly)}`,
    sections: [
      openingSection(record),
      attendanceSection(record),
      ...items.map((item, at) => itemSection(item, record, at + 1)),
      closingSection(record),
    ],
  }
}

function where({ place, onlineAddress }: RecordOfAssembly['assembly']): string {
  if (place && onlineAddress) return `Gehouden in ${place} en online.`
  return place ? `Gehouden in ${place}.` : 'Online gehouden.'
}

function openingSection({ assembly, officers, opening }: RecordOfAssembly): Section {
  const facts: Fact[] = [
    line(`De vergadering is geopend ${atMoment(opening.at, assembly.heldOn)}.`),
    ...(assembly.convenedOn ? [line(`De leden zijn opgeroepen op ${dayInWords(assembly.convenedOn)}.`)] : []),
    ...officers.map((officer) => line(officerSentence(officer))),
    line(`Bij de opening: ${quorumSentence(opening.quorum)}`),
  ]
  return { key: 'opening', heading: 'Opening', facts, remarks: '' }
}

function officerSentence({ office, name, standsIn, reason }: RecordedOfficer): string {
  const role = standsIn ? `Waarnemend ${OFFICES[office]}` : office === 'chair' ? 'Voorzitter' : 'Secretaris'
  return `${role}: ${name}.${standsIn ? because(reason) : ''}`
}

/** An item with its times, the conflicts of interest (BW 2:44), the speakers without their words, and its motion. */
function itemSection(item: RecordedItem, { assembly, items }: RecordOfAssembly, place: number): Section {
  const { id, title, turns, speakers, conflicts, motion } = item
  const logged = items.some((one) => one.turns.length > 0)
  const facts: Fact[] = [
    ...(turns.length > 0 ? [line(`Behandeld ${listed(turns.map(spanInWords))}.`)] : []),
    ...(logged && turns.length === 0 && !wasDealtWith(item) ? [line('Dit punt is niet behandeld.')] : []),
    ...conflicts.map(({ name, office, reason, at }) =>
      line(
        `${name} (${OFFICES[office] ?? office}) meldde een tegenstrijdig belang bij dit punt (${momentOf(at, assembly.heldOn)}) en nam niet deel aan het besluit.${because(reason)}`,
      ),
    ),
    ...(speakers.length > 0 ? [line(`Het woord voerden: ${listed(speakers)}.`)] : []),
    ...(motion ? motionFacts(motion, assembly.heldOn) : []),
  ]
  return { key: `item-${id}`, heading: `${item.position ?? place}. ${title}`, facts, remarks: '' }
}

/** Also without a place in the log: voted on, or withdrawn. */
function wasDealtWith({ motion }: RecordedItem): boolean {
  if (!motion) return false
  return motion.withdrawn !== null || [motion, ...motion.amendments].some(({ polls }) => polls.length > 0)
}

function closingSection({ assembly, adjournments }: RecordOfAssembly): Section {
  const broken = adjournments.map(({ at, resumesAt, reason }) =>
    line(
      `De vergadering is geschorst ${atMoment(at, assembly.heldOn)}, en voortgezet ${atMoment(resumesAt, assembly.heldOn)}.${because(reason)}`,
    ),
  )
  const ended = assembly.endedAt
    ? `De voorzitter sloot de vergadering ${atMoment(assembly.endedAt, assembly.heldOn)}.`
    : `Om ${timeOf(assembly.startsAt)} uur begonnen; het einde is nog niet vastgelegd.`
  return { key: 'closing', heading: 'Sluiting', facts: [...broken, line(ended)], remarks: '' }
}
