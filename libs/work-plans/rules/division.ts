import { apportion, type Cents, type Day, RuleViolated, type Violation } from '#kernel'

/** What an administrative wijk gets more (or less) than the key says, and why. */
export interface Shift {
  areaId: string
  changeCents: Cents
  reason: string
}

/** What one administrative wijk gets of the execution budget of a year. */
export interface Share {
  areaId: string
  weight: bigint
  /** By the key alone. */
  keyCents: Cents
  /** Put there or taken away by hand; all changes of a division together are nothing. */
  changeCents: Cents
  /** Why; empty without a change. */
  reason: string
  /** By the key and the change together. */
  cents: Cents
}

const REASON_LIMIT = 500

/**
 * Divides the execution budget of a year over the administrative wijken by the distribution key (subsidy application
 * 2018, model budget 2019), to the cent, and moves what was shifted by hand with a reason. The shares always add up to
 * the budget, in the order of the weights.
 * @throws RuleViolated `division.budgetNeeded`, `division.unknownArea`, `division.shiftedTwice`,
 * `division.reasonNeeded`, `division.reasonTooLong`, `division.notBalanced` (params `cents`: what the shifts add up
 * to), `division.belowZero` (path `shifts.<areaId>`), and those of `apportion`
 */
export function divide(
  budgetCents: Cents,
  weights: readonly { id: string; weight: bigint }[],
  shifts: readonly Shift[],
): Share[] {
  if (budgetCents <= 0n) throw RuleViolated.of('division.budgetNeeded', undefined, 'budgetCents')
  const moving = shifts.filter(({ changeCents, reason }) => changeCents !== 0n || reason.trim() !== '')
  const byKey = apportion(budgetCents, weights)
  RuleViolated.throwIfAny(violationsOf(new Map(byKey.map(({ id, amount }) => [id, amount])), moving))
  return byKey.map(({ id, amount }, at) => {
    const shift = moving.find(({ areaId }) => areaId === id)
    const changeCents = shift?.changeCents ?? 0n
    const reason = shift?.reason.trim() ?? ''
    const weight = weights[at]!.weight
    return { areaId: id, weight, keyCents: amount, changeCents, reason, cents: amount + changeCents }
  })
}

function violationsOf(byKey: ReadonlyMap<string, Cents>, shifts: readonly Shift[]): Violation[] {
  const seen = new Set<string>()
  const violations = shifts.flatMap((shift) => {
    const code = wrongWith(shift, byKey.get(shift.areaId), seen.has(shift.areaId))
    seen.add(shift.areaId)
    return code ? [{ code, path: `shifts.${shift.areaId}` }] : []
  })
  const total = shifts.reduce((sum, { changeCents }) => sum + changeCents, 0n)
  const unbalanced = { code: 'division.notBalanced', params: { cents: total.toString() }, path: 'shifts' }
  return total === 0n ? violations : [...violations, unbalanced]
}

function wrongWith({ changeCents, reason }: Shift, keyCents: Cents | undefined, again: boolean) {
  if (keyCents === undefined) return 'division.unknownArea'
  if (again) return 'division.shiftedTwice'
  if (changeCents !== 0n && reason.trim() === '') return 'division.reasonNeeded'
  if (reason.trim().length > REASON_LIMIT) return 'division.reasonTooLong'
  return keyCents + changeCents < 0n ? 'division.belowZero' : null
}

/**
 * Whether a version can be recorded as agreed with the gemeente: only the last one. The day can be before the version
 * was entered here. Codes: `division.none`, `division.otherVersion`, `division.agreedInFuture`.
 */
export function checkAgreeing(latest: number | null, version: number, on: Day, today: Day): Violation[] {
  if (latest === null) return [{ code: 'division.none' }]
  if (latest !== version) return [{ code: 'division.otherVersion' }]
  return on > today ? [{ code: 'division.agreedInFuture', path: 'dag' }] : []
}
