import { Inject, Injectable } from '@nestjs/common'
import { type Block, Documents } from '#documents'
import { Clock, type Language, longDay, Messages, moment } from '#platform'
import { type Text, textsOf } from '../pages/page-text.js'
import { AssemblyReading } from '../reading.service.js'
import { choices } from '../rules/ballot.js'
import { paperCountKeys } from '../rules/paper-count.js'
import { votesOf } from '../rules/tally.js'
import type { AssemblyRow } from '../store/entities.js'
import type { MotionInContext } from '../store/motion.store.js'
import type { NewElector, PollInContext } from '../store/poll.store.js'
import { Electorate } from './electorate.service.js'

/** What the ballots and the count sheet say of the poll. */
interface Printed {
  title: string
  question: string
  assemblyTitle: string
  heldOn: string
  position: number | null
  /** What vouches for the frozen electorate; null before the poll opens. */
  electorateHash: string | null
  electors: readonly NewElector[]
  /** Electors who voted in advance, and get no paper. */
  votedBefore: number
}

/** How many ballots fit on a page: each is cut off and counted by itself. */
const PER_PAGE = 2
/** Room to write a number or a name, and to mark a choice: an empty cell would be printed as a dash. */
const TO_WRITE = '_'.repeat(16)
const TO_MARK = '[\u00a0\u00a0\u00a0\u00a0]'

/** What is printed for a poll on paper: a list to sign, ballots with the member's number, and a count sheet. */
@Injectable()
export class PaperSheets {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
  ) {}

  /** Who may vote on the day, in order of member number, with room to sign; who voted in advance is not told here. */
  async attendance(assembly: AssemblyRow, lang: Language): Promise<Buffer> {
    const text = textsOf(this.messages, lang)
    const electors = await this.electorate.on(assembly.heldOn)
    const madeAt = this.clock.now()
    return this.documents.pdf({
      ...{ title: text('paper.print.attendance', { title: assembly.title }), lang, madeAt },
      subtitle: text('paper.print.asOf', { day: longDay(lang, assembly.heldOn), at: moment(lang, madeAt) }),
      blocks: [
        { kind: 'paragraph', text: text('paper.print.attendanceText') },
        {
          kind: 'table',
          caption: text('paper.print.voters', { count: electors.length, votes: votesOf(electors) }),
          columns: [
            { label: text('paper.print.number'), align: 'end' },
            { label: text('rollCall.member') },
            { label: text('rollCall.votes'), align: 'end' },
            { label: text('paper.print.name') },
            { label: text('paper.print.signature') },
          ],
          rows: electors.map(({ memberNumber, memberName, weight }) => [
            ...[String(memberNumber), memberName, String(weight), TO_WRITE, TO_WRITE],
          ]),
        },
        ...this.signatures(text),
      ],
    })
  }

  /** For the electors that the poll froze, but for who voted in advance. */
  async ofPoll(poll: PollInContext, lang: Language): Promise<Buffer> {
    const all = await this.reading.rollCall(poll.id)
    const electors = all.filter(({ choice }) => choice === null)
    return this.ballots({ ...poll, electors, votedBefore: all.length - electors.length }, lang)
  }

  /** Before the poll opens: for who may vote on the day of the assembly, as it looks now. */
  async ofMotion(motion: MotionInContext, lang: Language): Promise<Buffer> {
    const electors = await this.electorate.on(motion.heldOn)
    return this.ballots({ ...motion, electors, electorateHash: null, votedBefore: 0 }, lang)
  }

  private ballots(poll: Printed, lang: Language): Promise<Buffer> {
    const text = textsOf(this.messages, lang)
    const madeAt = this.clock.now()
    const day = longDay(lang, poll.heldOn)
    return this.documents.pdf({
      ...{ title: text('paper.print.ballots', { title: poll.title }), lang, madeAt },
      subtitle: text('paper.print.asOf', { day, at: moment(lang, madeAt) }),
      footer: `${poll.assemblyTitle}, ${day}`,
      blocks: [
        ...countSheet(text, poll),
        ...this.signatures(text),
        ...poll.electors.flatMap((elector, at): Block[] => [
          ...(at % PER_PAGE === 0 ? [{ kind: 'pageBreak' } as const] : []),
          ...ballot(text, poll, elector, at + 1),
        ]),
      ],
    })
  }

  private signatures(text: Text): Block[] {
    const signatories = ['secretary', 'second'].map((role) => ({
      name: '',
      role: text(`paper.print.${role}`),
    }))
    return [{ kind: 'signatures', signatories }]
  }
}

/** The sheet that two people fill in and sign, and that is scanned. */
function countSheet(text: Text, poll: Printed): Block[] {
  const { electors, electorateHash, votedBefore, position } = poll
  return [
    { kind: 'heading', text: text('paper.print.sheet') },
    { kind: 'paragraph', text: poll.question },
    {
      kind: 'facts',
      facts: [
        ...(position === null ? [] : [{ label: text('paper.print.item'), value: String(position) }]),
        { label: text('paper.print.printed'), value: String(electors.length) },
        { label: text('paper.print.votes'), value: String(votesOf(electors)) },
        ...(votedBefore > 0 ? [{ label: text('paper.print.before'), value: String(votedBefore) }] : []),
        ...(electorateHash ? [{ label: text('poll.electorateHash'), value: electorateHash }] : []),
      ],
    },
    ...(electorateHash ? [] : [{ kind: 'note', text: text('paper.print.ahead') } as const]),
    {
      kind: 'table',
      columns: [{ label: text('paper.what') }, { label: text('paper.print.counted'), align: 'end' }],
      rows: paperCountKeys.map((key) => [text(`paper.field.${key}`), TO_WRITE]),
    },
  ]
}

/** One ballot: open, with the member's number, so that who counts can check it against the list. */
function ballot(text: Text, poll: Printed, elector: NewElector, sequence: number): Block[] {
  const { memberNumber, memberName, weight } = elector
  return [
    {
      kind: 'heading',
      text: text('paper.print.ballot', { sequence, total: poll.electors.length, number: memberNumber }),
    },
    {
      kind: 'facts',
      facts: [
        { label: text('rollCall.member'), value: `${memberNumber} ${memberName}` },
        { label: text('rollCall.votes'), value: String(weight) },
      ],
    },
    { kind: 'paragraph', text: poll.question },
    {
      kind: 'table',
      columns: [{ label: text('rollCall.choice') }, { label: text('paper.print.cross') }],
      rows: choices.map((choice) => [text(`choice.${choice}`), TO_MARK]),
    },
  ]
}
