import type { Cents } from '#kernel'
import type { Text, Visitor } from '#platform'
import { explain } from '../rules/explain.js'
import { type DistributionPart, thaw } from '../rules/frozen-inputs.js'

/** A line of the table: one member's share, part, and how that was computed. */
export interface PartRow extends DistributionPart {
  name: string
  number: number
  /** All shares together. */
  totalCents: Cents
  computation: string
}

/** The parts with the names as they were frozen, the largest share first. */
export function partRows(
  text: Text,
  { inputs, amountCents }: { inputs: string; amountCents: Cents },
  parts: readonly DistributionPart[],
): PartRow[] {
  const shares = new Map(thaw(inputs).shares.map((share) => [share.id, share]))
  const totalCents = parts.reduce((sum, { shareCents }) => sum + shareCents, 0n)
  return parts
    .map((part) => {
      const { rounding, ...steps } = explain(amountCents, part.shareCents, totalCents, part.partCents)
      return {
        ...part,
        name: shares.get(part.memberId)?.name ?? '?',
        number: shares.get(part.memberId)?.number ?? 0,
        totalCents,
        computation: text(`computation.${rounding}`, steps),
      }
    })
    .sort((a, b) =>
      a.shareCents === b.shareCents ? a.number - b.number : a.shareCents > b.shareCents ? -1 : 1,
    )
}

/** The table of all parts, with totals that add up to the amount divided. */
export function partsTable(text: Text, rows: readonly PartRow[]) {
  return {
    columns: [
      { label: text('parts.member') },
      { label: text('parts.share'), kind: 'money' },
      { label: text('parts.computation') },
      { label: text('parts.part'), kind: 'money' },
    ],
    rows: rows.map(({ name, shareCents, computation, partCents }) => [
      name,
      shareCents,
      computation,
      partCents,
    ]),
    totals: [
      text('parts.total'),
      rows.reduce((sum, { shareCents }) => sum + shareCents, 0n),
      null,
      rows.reduce((sum, { partCents }) => sum + partCents, 0n),
    ],
  }
}

/** The lines of the members that the visitor represents. */
export function ownRows(rows: readonly PartRow[], visitor: Visitor): PartRow[] {
  const members = visitor.scopesOf('delegate')
  return rows.filter(({ memberId }) => members.includes(memberId))
}
