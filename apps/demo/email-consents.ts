import type { EmailConsents } from '#assemblies'
import type { Tx } from '#platform'

/** The last members of the list never said that they may be convened by e-mail: they get letters. */
const BY_LETTER = 5

/** Most members agreed to be convened by e-mail when they were admitted. */
export async function loadEmailConsents(
  tx: Tx,
  consents: EmailConsents,
  memberIds: readonly string[],
): Promise<void> {
  const agreed = memberIds.slice(0, -BY_LETTER)
  await consents.record(tx, agreed, true, null, new Date('2019-01-15T12:00:00+01:00'))
}
