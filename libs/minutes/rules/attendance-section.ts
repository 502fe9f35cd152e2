import { type Fact, line, type Section } from './minutes.js'
import type { RecordedMember, RecordedQuorum, RecordOfAssembly } from './record.js'
import { listed, spanInWords, votes } from './words.js'

/** Who was there, who was represented and who was not (BW 2:38), from the log of coming and going. */
export function attendanceSection({ members, guests, assembly }: RecordOfAssembly): Section {
  const voting = members.filter(({ mayVote }) => mayVote)
  const present = voting.filter(tookPart)
  const represented = voting.filter((member) => !tookPart(member) && member.heldBy.length > 0)
  const absent = voting.filter((member) => !tookPart(member) && member.heldBy.length === 0)
  const others = members.filter(({ mayVote, stays }) => !mayVote && stays.length > 0)
  const end = assembly.endedAt
  const facts: Fact[] = [
    line(
      `Van de ${voting.length} leden met stemrecht waren er ${present.length} aanwezig, ${represented.length} vertegenwoordigd en ${absent.length} afwezig.`,
    ),
    ...list(
      'Aanwezig',
      present.map((member) => stayed(member, end)),
    ),
    ...list(
      'Vertegenwoordigd met volmacht',
      represented.map((member) => `${named(member)}, door ${listed(member.heldBy)}`),
    ),
    ...list('Afwezig', absent.map(away)),
    ...list(
      'Aanwezig zonder stemrecht',
      others.map((member) => stayed(member, end)),
    ),
    ...list(
      'Gasten',
      guests.map(({ name, cameAt, leftAt }) => `${name}, ${spanInWords({ from: cameAt, until: leftAt })}`),
    ),
  ]
  return { key: 'attendance', heading: 'Aanwezigheid', facts, remarks: '' }
}

/** The quorum at a moment as a sentence. */
export function quorumSentence({ present, electorate, needed, reached }: RecordedQuorum): string {
  const there = `${present} van de ${votes(electorate)} ${present === 1 ? 'was' : 'waren'} aanwezig of vertegenwoordigd`
  if (needed === null) return `${there}; er geldt geen quorum.`
  return `${there}; nodig waren er ten minste ${needed}. Het quorum was ${reached ? '' : 'niet '}gehaald.`
}

const away = (member: RecordedMember) =>
  member.voted === 'inAdvance' ? `${named(member)}, stemde vooraf` : named(member)

/** Who voted online took part, also without checking in. */
const tookPart = ({ stays, voted }: RecordedMember) => stays.length > 0 || voted === 'there'

const named = ({ number, name }: RecordedMember) => `${name} (lid ${number})`

/** With its times; who was represented for a while says by whom. */
function stayed(member: RecordedMember, end: Date | null): string {
  const spans = member.stays.map(({ from, until }) =>
    until && end && until >= end ? spanInWords({ from, until: null }) : spanInWords({ from, until }),
  )
  const away =
    member.heldBy.length > 0 ? `; op andere momenten vertegenwoordigd door ${listed(member.heldBy)}` : ''
  const when = spans.length > 0 ? listed(spans) : 'nam deel door te stemmen'
  return `${named(member)}, ${when}${away}`
}

const list = (label: string, items: string[]): Fact[] =>
  items.length > 0 ? [{ kind: 'list', label, items }] : []
