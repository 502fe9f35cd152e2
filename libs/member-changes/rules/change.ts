import { type Day, type Violation } from '#kernel'
import {
  type ChangeField,
  changeFields,
  type FieldChange,
  isSensitive,
  neighbourhoodsIn,
  type Particulars,
  valueAsText,
} from './fields.js'

/** Only what differs. */
export function differences(current: Particulars, wanted: Particulars): FieldChange[] {
  return changeFields
    .map((field) => ({ field, from: valueAsText(current, field), to: valueAsText(wanted, field) }))
    .filter(({ from, to }) => from !== to)
}

/** What holds at once, and what waits for someone else. */
export function split(changes: readonly FieldChange[]): { atOnce: FieldChange[]; toConfirm: FieldChange[] } {
  return {
    atOnce: changes.filter(({ field }) => !isSensitive(field)),
    toConfirm: changes.filter(({ field }) => isSensitive(field)),
  }
}

/** The particulars with the changes in them; everything else stays as it is. */
export function applied<P extends Particulars>(current: P, changes: readonly FieldChange[]): P {
  const changed: Record<string, unknown> = {}
  for (const { field, to } of changes) changed[field] = field === 'neighbourhoods' ? neighbourhoodsIn(to) : to
  return { ...current, ...changed }
}

/**
 * The fields that became something else since a change was proposed, neither what they were nor what was asked:
 * carrying it out would overwrite what another did.
 */
export function overtakenFields(changes: readonly FieldChange[], current: Particulars): ChangeField[] {
  return changes
    .filter(({ field, from, to }) => {
      const now = valueAsText(current, field)
      return now !== from && now !== to
    })
    .map(({ field }) => field)
}

/** The first field for which another proposal waits already. */
export function pendingField(
  changes: readonly FieldChange[],
  pending: readonly FieldChange[],
): ChangeField | null {
  return changes.find(({ field }) => pending.some((other) => other.field === field))?.field ?? null
}

/**
 * From which day a change holds: as asked, but never before the day on which it is carried out, nor before a
 * day from which other details stand already (those would undo it).
 */
export function effectiveDay(asked: Day, today: Day, lastDetailsOn: Day): Day {
  return [asked, today, lastDetailsOn].sort().at(-1)!
}

/** What a proposal needs beside its fields. Code: `memberChange.reasonMissing`. */
export function checkReason(changes: readonly FieldChange[], reason: string): Violation[] {
  const needed = changes.some(({ field }) => isSensitive(field))
  return needed && reason.trim() === '' ? [{ code: 'memberChange.reasonMissing', path: 'reden' }] : []
}
