import { type Cents, formatCents } from '#kernel'
import { answer, type RiskOverviewOnDay } from '../risk-overview.service.js'
import { roomOf } from '../rules/holding.js'
import { sumOfParts, verdictOf } from '../rules/what-if.js'
import type { OverviewQuestion } from './overview-question.js'
import type { OverviewWords } from './overview-words.js'

const VERDICTS = ['nothing', 'margin', 'reserve', 'holders', 'uncovered'] as const
const THOUSAND_EUROS = 100_000n

/** What was asked in words of the rules; without a question an example that shows how it works. */
export function askedOf({ holders, guarantees }: RiskOverviewOnDay, question: OverviewQuestion) {
  const numbers = new Set(question.without)
  return {
    isExample: question.typedLoss === null && question.without.length === 0,
    lossCents: question.violation
      ? 0n
      : (question.lossCents ?? exampleLoss(guarantees.coverage.requiredCents)),
    without: holders.filter(({ number }) => numbers.has(number)).map(({ id }) => id),
  }
}

/** A quarter of what is required: more than the margin, so that it shows how a call is divided. */
function exampleLoss(requiredCents: Cents): Cents {
  return (requiredCents / 4n / THOUSAND_EUROS) * THOUSAND_EUROS
}

/** The form with its answer; the figures carry what the browser needs to compute them again while one slides. */
export function whatIfModel(words: OverviewWords, overview: RiskOverviewOnDay, question: OverviewQuestion) {
  const { isExample, ...asked } = askedOf(overview, question)
  const outcome = answer(overview, asked)
  const { buffers, concentration, guarantees, holders } = overview
  const parts = new Map(outcome.parts.map((part) => [part.id, part]))
  return {
    isExample,
    loss: question.typedLoss ?? plain(asked.lossCents),
    buffers,
    requiredCents: guarantees.coverage.requiredCents,
    sliderMost: (
      sliderMost(buffers.marginCents + buffers.reserveCents + concentration.totalCents) / 100n
    ).toString(),
    sliderAt: (asked.lossCents / 100n).toString(),
    verdict: words.say(`whatIf.verdict.${verdictOf(outcome)}`),
    verdictTexts: VERDICTS.map((name) => ({ name, text: words.say(`whatIf.verdict.${name}`) })),
    bars: [
      bar(words, 'margin', outcome.fromMarginCents, 'good'),
      bar(words, 'reserve', outcome.fromReserveCents, 'dotted'),
      bar(words, 'holders', outcome.fromHoldersCents, 'solid'),
      bar(words, 'uncovered', outcome.uncoveredCents, 'hatched'),
    ].filter(({ key }) => key !== 'reserve' || buffers.reserveCents > 0n),
    lossCents: asked.lossCents,
    coverCents: outcome.coverCents,
    rows: holders
      .filter((holder) => roomOf(holder) > 0n)
      .map((holder) => ({ ...holder, roomCents: roomOf(holder), part: parts.get(holder.id)! })),
    totals: { ...sumOfParts(outcome.parts), roomCents: concentration.totalCents },
  }
}

function bar(words: OverviewWords, key: string, cents: Cents, kind: string) {
  return { key, label: words.say(`whatIf.bar.${key}`), cents, kind }
}

/** A quarter more than everything that stands ready, in whole thousands of euros. */
function sliderMost(ready: Cents): Cents {
  const most = (ready * 5n) / 4n
  return (most / THOUSAND_EUROS + 1n) * THOUSAND_EUROS
}

/** As one types an amount: `150.000`, `1.234,56`. */
function plain(cents: Cents): string {
  return formatCents(cents)
    .replace(/^€\u00a0/, '')
    .replace(/,00$/, '')
}
