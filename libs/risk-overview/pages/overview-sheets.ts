import { type CsvValue, writeCsv, writeXlsx, type XlsxColumn, type XlsxSheet } from '#sheets'
import { answer, type RiskOverviewOnDay } from '../risk-overview.service.js'
import { roomOf } from '../rules/holding.js'
import { tenthsOfPercent } from '../rules/share.js'
import type { Asked } from './overview-page.js'
import type { OverviewQuestion } from './overview-question.js'
import type { OverviewWords } from './overview-words.js'
import { askedOf } from './what-if-model.js'

/** The holders, a line each, with what was asked answered in the last columns. */
export function overviewCsv({ words, overview, question }: Asked): Buffer {
  const { columns, rows } = holderSheet(words, overview, question)
  const written = rows.map((row) => row.map((value): CsvValue => asCsv(value)))
  return writeCsv([columns.map(({ header }) => header), ...written])
}

/** Holders, forecast and history, a sheet each. */
export function overviewXlsx({ words, overview, question }: Asked): Promise<Buffer> {
  const sheets = [holderSheet(words, overview, question)]
  if (overview) sheets.push(forecastSheet(words, overview), historySheet(words, overview))
  return writeXlsx(sheets)
}

const money = (header: string): XlsxColumn => ({ header, kind: 'money', width: 18 })

function holderSheet(
  words: OverviewWords,
  overview: RiskOverviewOnDay | null,
  question: OverviewQuestion,
): XlsxSheet {
  const say = (key: string) => words.say(`sheet.${key}`)
  const outcome = overview && answered(overview, question)
  const all = overview?.guarantees.coverage.pledgedCents ?? 0n
  return {
    name: say('holders'),
    columns: [
      { header: say('number'), kind: 'number' },
      { header: say('member'), width: 40 },
      ...['pledged', 'room', 'paidIn', 'called', 'callPaid', 'offered'].map((key) => money(say(key))),
      { header: say('share'), kind: 'number' },
      ...(outcome ? ['pays', 'fromDeposit', 'toPay'].map((key) => money(say(key))) : []),
    ],
    rows: (overview?.holders ?? []).map((holder) => {
      const part = outcome?.get(holder.id)
      return [
        Number(holder.number),
        holder.name,
        ...[holder.pledgedCents, roomOf(holder), holder.paidInCents],
        ...[holder.calledCents, holder.callPaidCents, holder.offeredCents],
        Number(tenthsOfPercent(holder.pledgedCents, all)) / 10,
        ...(part ? [part.cents, part.fromDepositCents, part.toPayCents] : []),
      ]
    }),
  }
}

/** Who pays what, when something was asked; an example belongs on the page only. */
function answered(overview: RiskOverviewOnDay, question: OverviewQuestion) {
  const { isExample, ...asked } = askedOf(overview, question)
  if (isExample) return null
  return new Map(answer(overview, asked).parts.map((part) => [part.id, part]))
}

function forecastSheet(words: OverviewWords, { forecast }: RiskOverviewOnDay): XlsxSheet {
  const say = (key: string) => words.say(`forecast.${key}`)
  return {
    name: words.say('sheet.forecast'),
    columns: [
      { header: say('area'), width: 30 },
      { header: say('counterparty'), width: 40 },
      { header: say('report') },
      ...['wijkbudget', 'budget', 'expected', 'result'].map((key) => money(say(key))),
    ],
    rows: [...forecast.reported, ...forecast.missing].map(
      ({ name, counterparty, wijkbudgetCents, latest }) => [
        ...[name, counterparty, latest?.quarter ?? say('noReport'), wijkbudgetCents],
        ...(latest
          ? [latest.budgetCents, latest.forecastCents, latest.budgetCents - latest.forecastCents]
          : [null, null, null]),
      ],
    ),
  }
}

function historySheet(words: OverviewWords, { history, guarantees }: RiskOverviewOnDay): XlsxSheet {
  return {
    name: words.say('sheet.history'),
    columns: [
      { header: words.say('history.day'), kind: 'day' },
      money(words.say('history.cover')),
      money(words.say('history.required')),
    ],
    rows: history.map(({ day, cents }) => [day, cents, guarantees.coverage.requiredCents]),
  }
}

/** Money as euros with two decimals, as a text that a spreadsheet reads as a number. */
function asCsv(value: XlsxSheet['rows'][number][number]): CsvValue {
  if (typeof value === 'bigint') return Number(value) / 100
  return typeof value === 'boolean' ? String(value) : value
}
