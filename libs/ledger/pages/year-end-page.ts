import { Inject, Injectable } from '@nestjs/common'
import { type Cents, formatCents } from '#kernel'
import {
  formErrors,
  type Language,
  longDay,
  Messages,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { usualEqualisation } from '../rules/year-end.js'
import { LedgerYearEnd } from '../year-end.service.js'
import { LedgerWords, VIEWS } from './ledger-words.js'

/** How a year ends, and the form to end it. */
@Injectable()
export class YearEndPage {
  constructor(
    @Inject(LedgerYearEnd) private readonly yearEnd: LedgerYearEnd,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async show(lang: Language, visitor: Visitor, year: number, refused?: RefusedForm): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.words.say(lang, `yearEnd.${key}`, values)
    const known = await this.yearEnd.of(year)
    const { resultCents, appropriatedCents, equalisationCents, entry, isOver, isClosed } = known
    const ended = entry !== null
    const model = {
      title: text('title', { year: String(year) }),
      year: String(year),
      figures: [
        { label: text(resultCents < 0n ? 'loss' : 'surplus'), value: formatCents(abs(resultCents)) },
        { label: text('equalisation'), value: formatCents(equalisationCents) },
      ],
      openPoints: known.openPoints.map(({ key, values, href }) => ({
        ...{ href, label: this.messages.text(lang, key, values) },
      })),
      state: text(stateOf({ ended, isOver, isClosed, resultCents }), { day: longDay(lang, known.lastDay) }),
      tone: ended ? 'good' : 'neutral',
      entryHref: entry && `/grootboek/boekingen/${entry.id}`,
      later: ended && appropriatedCents !== resultCents,
      laterText: text('later', { amount: formatCents(resultCents - appropriatedCents) }),
      mayEnd: visitor.has('controller') && !ended && isOver && !isClosed && resultCents !== 0n,
      usual: formatCents(usualEqualisation(known)).replace(/^€\s*/, ''),
      hint: text(resultCents < 0n ? 'lossHint' : 'surplusHint'),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/year-end.hbs`, model, refused ? 422 : 200)
  }
}

function stateOf(of: { ended: boolean; isOver: boolean; isClosed: boolean; resultCents: Cents }): string {
  if (of.ended) return 'ended'
  if (!of.isOver) return 'running'
  if (of.resultCents === 0n) return 'nothing'
  return of.isClosed ? 'closed' : 'open'
}

const abs = (cents: Cents): Cents => (cents < 0n ? -cents : cents)
