import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type WrittenOrigin, WrittenOrigins } from '#assemblies'
import type { Tx } from '#platform'
import type { OutcomeReason } from './rules/unanimity.js'
import type { WrittenFile } from './rules/written-file.js'
import type { CountedMember, WrittenOutcomeRow } from './store/entities.js'
import { type WrittenDecision, WrittenDecisions } from './written-decisions.service.js'

/** As the reason of a poll: Dutch, whatever the language of the page. */
const SENTENCES: Record<OutcomeReason, (members: number, answered: number) => string> = {
  unanimous: (members) =>
    `Alle ${members} leden die mogen stemmen, zijn voor. Zo kunnen de leden zonder vergadering besluiten.`,
  against: () => 'Een lid was tegen. Zonder vergadering kan een besluit alleen als alle leden voor zijn.',
  silent: (members, answered) =>
    `Op de sluitingsdag hadden ${answered} van de ${members} leden geantwoord. Zonder vergadering moeten alle leden voor zijn.`,
  nobody: () => 'Er was geen lid dat mag stemmen.',
}

/** Tells the register of decisions what a decision without a meeting rests on. */
@Injectable()
export class WrittenProof implements OnModuleInit {
  constructor(
    @Inject(WrittenOrigins) private readonly origins: WrittenOrigins,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
  ) {}

  onModuleInit(): void {
    this.origins.set((id, tx) => this.origin(id, tx))
  }

  private async origin(id: string, tx: Tx): Promise<WrittenOrigin | null> {
    const known = await this.written.find(id, tx)
    if (!known?.outcome) return null
    const parts = await this.parts(known, known.outcome, tx)
    const counted = parts.electors.filter(({ atCount }) => atCount)
    const choices = counted.map(
      ({ memberId }) => parts.answers.find((one) => one.memberId === memberId)?.choice,
    )
    const count = (choice?: string) => choices.filter((one) => one === choice).length
    const answers = { for: count('for'), against: count('against'), silent: count() }
    return {
      href: `/besluiten/zonder-vergadering/${id}`,
      reasoning: known.proposal.reasoning,
      reason: SENTENCES[known.outcome.reason](counted.length, counted.length - answers.silent),
      answers,
      parts: {
        'verloop.json': parts.course,
        'regel.json': parts.rule,
        'kieslijst.json': parts.electors,
        'antwoorden.json': parts.answers,
        'uitslag.json': parts.declared,
      },
    }
  }

  private async parts(
    known: WrittenDecision,
    outcome: WrittenOutcomeRow,
    tx: Tx,
  ): Promise<Omit<WrittenFile, 'decision'>> {
    const { proposal, knowledge, opening } = known
    const answers = await this.written.answers(proposal.id, tx)
    const atOpening = await this.written.electors(proposal.id, tx)
    const answered = answers.map(({ memberId }) => memberId)
    return {
      course: {
        ...{ id: proposal.id, reasoning: proposal.reasoning, decisionType: proposal.decisionType },
        proposedAt: proposal.proposedAt.toISOString(),
        boardKnewAt: knowledge!.notedAt.toISOString(),
        openedAt: opening!.openedAt.toISOString(),
        ...{ openedOn: opening!.openedOn, closesOn: opening!.closesOn },
      },
      rule: { kind: 'unanimous', article: opening!.article },
      electors: electorsOf(atOpening, outcome.electorate, answered),
      answers: answers.map(({ memberId, choice, answeredAt, reference }) => ({
        ...{ memberId, choice, reference, answeredAt: answeredAt.toISOString() },
      })),
      declared: {
        ...{ asOf: outcome.asOf, adopted: outcome.adopted, reason: outcome.reason },
        recordedAt: outcome.recordedAt.toISOString(),
      },
    }
  }
}

/** Everyone who was asked, had to agree or answered, by number; who came and left in between has no name any more. */
function electorsOf(
  opening: readonly CountedMember[],
  counted: readonly CountedMember[],
  answered: readonly string[],
) {
  const known = new Map([...opening, ...counted].map((one) => [one.memberId, one]))
  const unknown = answered
    .filter((memberId) => !known.has(memberId))
    .map((memberId) => ({ memberId, memberNumber: 0, memberName: '' }))
  const [before, after] = [opening, counted].map((list) => new Set(list.map(({ memberId }) => memberId)))
  return [...known.values(), ...unknown]
    .sort((a, b) => a.memberNumber - b.memberNumber)
    .map(({ memberId, memberNumber, memberName }) => ({
      ...{ memberId, memberNumber, memberName },
      ...{ atOpening: before!.has(memberId), atCount: after!.has(memberId) },
    }))
}
