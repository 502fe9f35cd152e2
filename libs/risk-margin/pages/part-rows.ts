import type { Cents } from '#kernel'
import type { Text, Visitor } from '#platform'
import type { Division } from '../rules/division.js'
import { explain, explainCarried } from '../rules/explain.js'
import { type DistributionPart, thaw } from '../rules/frozen-inputs.js'

/** A line of the table: one member's share, part, and how that was computed. */
export interface PartRow extends DistributionPart {
  name: string
  number: number
  /** All shares together; null where days count: then a sum of guarantees says nothing. */
  totalCents: Cents | null
  /** What was carried and how long, where days count. */
  carried: string | null
  computation: string
  /** What this member earns back besides; null when nothing. */
  earnedBackCents: Cents | null
}

/** The parts with the names as they were frozen, who weighs most first. */
export function partRows(
  text: Text,
  { inputs: frozen }: { inputs: string },
  { parts, earnedBack }: Division,
): PartRow[] {
  const inputs = thaw(frozen)
  const shares = new Map(inputs.shares.map((share) => [share.id, share]))
  const sum = (values: readonly bigint[]) => values.reduce((total, one) => total + one, 0n)
  const totalWeight = sum(parts.map(({ weight }) => weight))
  const totalCents = inputs.reference === 'timeWeighted' ? null : totalWeight
  const divided = sum(parts.map(({ partCents }) => partCents))
  return parts
    .map((part) => {
      const share = shares.get(part.memberId)
      const { rounding, ...steps } = explain(divided, part.weight, totalWeight, part.partCents)
      return {
        ...part,
        name: share?.name ?? '?',
        number: share?.number ?? 0,
        totalCents,
        carried: share?.changes
          ? text('computation.carried', { carried: explainCarried(inputs.year, share.changes) })
          : null,
        computation: text(`computation.${rounding}`, steps),
        earnedBackCents: earnedBack.find(({ memberId }) => memberId === part.memberId)?.partCents ?? null,
      }
    })
    .sort((a, b) => (a.weight === b.weight ? a.number - b.number : a.weight > b.weight ? -1 : 1))
}

/** The table of all parts, with totals that add up to the amount divided. */
export function partsTable(text: Text, rows: readonly PartRow[]) {
  const weighted = rows.some(({ carried }) => carried !== null)
  return {
    columns: [
      { label: text('parts.member') },
      { label: text(weighted ? 'parts.shareAtEnd' : 'parts.share'), kind: 'money' },
      { label: text('parts.computation') },
      { label: text('parts.part'), kind: 'money' },
    ],
    rows: rows.map(({ name, shareCents, carried, computation, partCents }) => [
      name,
      shareCents,
      carried ? { value: computation, note: carried } : computation,
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

/** What is earned back first, with totals; null when nothing is. */
export function earnedBackTable(text: Text, { inputs }: { inputs: string }, { earnedBack }: Division) {
  if (earnedBack.length === 0) return null
  const names = new Map(thaw(inputs).preInvestments?.outstanding.map(({ id, name }) => [id, name]))
  const first = earnedBack.reduce((sum, { partCents }) => sum + partCents, 0n)
  const outstanding = earnedBack.reduce((sum, { outstandingCents }) => sum + outstandingCents, 0n)
  return {
    columns: [
      { label: text('parts.member') },
      { label: text('earnedBack.outstanding'), kind: 'money' },
      { label: text('parts.computation') },
      { label: text('earnedBack.part'), kind: 'money' },
    ],
    rows: earnedBack.map(({ memberId, outstandingCents, partCents }) => {
      const { rounding, ...steps } = explain(first, outstandingCents, outstanding, partCents)
      return [names.get(memberId) ?? '?', outstandingCents, text(`computation.${rounding}`, steps), partCents]
    }),
    totals: [text('parts.total'), outstanding, null, first],
  }
}

/** The lines of the members that the visitor represents. */
export function ownRows(rows: readonly PartRow[], visitor: Visitor): PartRow[] {
  const members = visitor.scopesOf('delegate')
  return rows.filter(({ memberId }) => members.includes(memberId))
}
