import { type Cents, formatCents } from '#kernel'
import type { Text } from '#platform'
import type { otherReadings } from '../rules/other-readings.js'

/** What the other readings of the statutes would give each holder, with the difference from the proposal under it. */
export function otherReadingsTable(text: Text, { readings, holders }: ReturnType<typeof otherReadings>) {
  const sum = (values: readonly Cents[]) => values.reduce((total, one) => total + one, 0n)
  return {
    columns: [
      { label: text('parts.member') },
      { label: text('readings.proposed'), kind: 'money' },
      ...readings.map(({ sharers, reference }) => ({
        ...{ label: text(`readings.${sharers}.${reference}`), kind: 'money' },
      })),
    ],
    rows: holders.map(({ name, proposedCents, others }) => [
      name,
      proposedCents,
      ...others.map(({ cents, differenceCents }) => ({ value: cents, note: signed(differenceCents) })),
    ]),
    totals: [
      text('parts.total'),
      sum(holders.map(({ proposedCents }) => proposedCents)),
      ...readings.map((_, at) => sum(holders.map(({ others }) => others[at]!.cents))),
    ],
  }
}

/** `+ € 12,00`, `− € 12,00`, or `=` where it makes no difference. */
function signed(cents: Cents): string {
  if (cents === 0n) return '='
  return cents > 0n ? `+ ${formatCents(cents)}` : `− ${formatCents(-cents)}`
}
