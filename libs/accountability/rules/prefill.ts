import { type Cents, centsFromJson, formatCents } from '#kernel'
import { type Draft, fieldOf } from './draft.js'
import type { ReportContent } from './report-content.js'
import type { ReportTemplate } from './report-template.js'

/**
 * What a new draft begins with: amounts and people as the quarter before stated them (everything counts from
 * 1 January), and for lines that have no past the budget as forecast. Stories and indicators begin empty.
 * @param actuals what was spent per line since 1 January by the wijk's own books: it goes before the quarter before
 */
export function prefilled(
  { lines }: Pick<ReportTemplate, 'lines'>,
  previous: ReportContent | null,
  actuals: ReadonlyMap<string, Cents> | null = null,
): Draft {
  const known = new Map(previous?.lines.map((line) => [line.id, line]))
  const amounts = lines.map(({ id, budgetCents }) => {
    const before = known.get(id)
    const actual = actuals ? (actuals.get(id) ?? 0n) : before && centsFromJson(before.actualCents)
    return {
      [fieldOf.line(id, 'forecast')]: typed(before ? centsFromJson(before.forecastCents) : budgetCents),
      ...(actual !== undefined && { [fieldOf.line(id, 'actual')]: typed(actual) }),
    }
  })
  return Object.assign({}, ...amounts, previous ? meansOf(previous) : {}) as Draft
}

function meansOf({ means, people }: ReportContent): Draft {
  return {
    [fieldOf.advances]: typed(centsFromJson(means.advancesCents)),
    [fieldOf.ownMeans('actual')]: typed(centsFromJson(means.ownMeansCents)),
    [fieldOf.socialReturn('actual')]: typed(centsFromJson(means.socialReturnCents)),
    [fieldOf.people('fte')]: people.fte.replace('.', ','),
    [fieldOf.people('volunteers')]: people.volunteers,
  }
}

/** As people type it: `1.234,50`. */
function typed(cents: Cents): string {
  return formatCents(cents).replace(/^€\s*/, '')
}
