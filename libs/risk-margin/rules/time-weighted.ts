import { apportion, type Cents, type Day, daysBetween, RuleViolated } from '#kernel'

/** A change of what a holder guarantees, in force from its day on; negative when it goes down. */
export interface GuaranteeChange {
  id: string
  on: Day
  cents: Cents
}

/**
 * Divides an amount over holders by what they carried and how long: cents × days, from the later of the day of
 * the change and 1 January through 31 December, both included. Changes after the year are ignored and the order
 * of the input does not matter. One part per id in order of first appearance, zeros included; largest remainder
 * with the ties of `apportion`, over the cents × days.
 * @throws RuleViolated `timeWeighted.negative` (path `movements[i]`) when a holder's guarantee is below 0 at the
 * end of a day; `apportion.zeroTotal` when nobody carried anything, `apportion.emptyList`
 */
export function divideByTimeCarried(
  amountCents: Cents,
  year: number,
  movements: readonly GuaranteeChange[],
): { parts: { id: string; cents: Cents }[]; sumCents: Cents } {
  const [firstDay, lastDay] = [`${pad(year)}-01-01`, `${pad(year)}-12-31`]
  RuleViolated.throwIfAny(belowZero(movements, lastDay))
  const weights = new Map<string, bigint>()
  // Many changes fall on the same few days.
  const daysFrom = new Map<Day, bigint>()
  for (const { id, on, cents } of movements) {
    let days = daysFrom.get(on)
    if (days === undefined) {
      days = on > lastDay ? 0n : BigInt(daysBetween(on < firstDay ? firstDay : on, lastDay) + 1)
      daysFrom.set(on, days)
    }
    weights.set(id, (weights.get(id) ?? 0n) + cents * days)
  }
  const parts = apportion(
    amountCents,
    [...weights].map(([id, weight]) => ({ id, weight })),
    { amount: 'amountCents', list: 'movements', weight: 'cents' },
  )
  return { parts: parts.map(({ id, amount }) => ({ id, cents: amount })), sumCents: amountCents }
}

/**
 * The first change, by day, after which a holder's guarantee is below 0 when that day ends. Only whoever has a change
 * downwards can get there.
 */
function belowZero(movements: readonly GuaranteeChange[], lastDay: Day) {
  const goingDown = new Set(movements.filter(({ cents }) => cents < 0n).map(({ id }) => id))
  if (goingDown.size === 0) return []
  const byDay = movements
    .flatMap((change, index) =>
      goingDown.has(change.id) && change.on <= lastDay ? { ...change, index } : [],
    )
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.index - b.index))
  const ofHolder = new Map<string, { balance: bigint; on: Day; index: number }>()
  const violation = ({ index }: { index: number }) => [
    { code: 'timeWeighted.negative', path: `movements[${index}]` },
  ]
  for (const { id, on, cents, index } of byDay) {
    const before = ofHolder.get(id)
    if (before && before.on < on && before.balance < 0n) return violation(before)
    ofHolder.set(id, { balance: (before?.balance ?? 0n) + cents, on, index })
  }
  const ended = [...ofHolder.values()].find(({ balance }) => balance < 0n)
  return ended ? violation(ended) : []
}

const pad = (year: number) => String(year).padStart(4, '0')
