import { canonicalJson, type Day } from '#kernel'
import type { MemberDetails, Members } from '#members'
import { sha256Hex, type Tx } from '#platform'
import { changeFields, valueAsText } from './rules/fields.js'

/** Later than any day that a register can have. */
const END_OF_TIME: Day = '2999-12-31'

/** The details that stand last: from this day on a change can hold without being undone by others. */
export async function lastDetails(
  members: Members,
  memberId: string,
  tx?: Tx,
): Promise<MemberDetails | null> {
  return members.details(memberId, END_OF_TIME, tx)
}

/** Stands for what somebody saw when filling in a form: another value of any field gives another hash. */
export function hashOf(details: MemberDetails): string {
  return sha256Hex(
    canonicalJson(Object.fromEntries(changeFields.map((field) => [field, valueAsText(details, field)]))),
  )
}
