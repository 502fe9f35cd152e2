/** A member as the register had it on the assembly's day. */
export interface OwnMember {
  kind: 'voting' | 'supporting' | null
  status: 'member' | 'suspended' | 'former' | 'none'
}

/** Why a person has no ballot for a member in a poll. */
export type NoBallotReason = 'supporting' | 'suspended' | 'notMember' | 'notDelegateThen'

/**
 * Why there is no ballot for a member that the visitor acts for today (BW 2:38: a suspended member has no
 * vote; a supporting member is not a member in the sense of the law). A member that may vote is missing only
 * when the visitor was not its delegate on the assembly's day.
 */
export function whyNoBallot(member: OwnMember | null): NoBallotReason {
  if (!member || member.status === 'former' || member.status === 'none') return 'notMember'
  if (member.status === 'suspended') return 'suspended'
  if (member.kind === 'supporting') return 'supporting'
  return 'notDelegateThen'
}
