import type { Violation } from '#kernel'

export type SigningOffice = 'chair' | 'secretary'
export const signingOffices: readonly SigningOffice[] = ['chair', 'secretary']

/** What happened to the minutes of an assembly; how they stand follows from it. */
export interface MinutesCourse {
  /** The last time they were put to an assembly, with what became of that; null before the first. */
  offer: { poll: OfferPoll } | null
  approved: boolean
  signatures: readonly { office: SigningOffice; personId: string }[]
}

/** The vote on the motion to approve: not opened, under way or disputed, rejected, adopted; or the motion was withdrawn. */
export type OfferPoll = 'waiting' | 'voting' | 'rejected' | 'adopted' | 'withdrawn'

export type MinutesState = 'draft' | 'offered' | 'approved' | 'signed'

export function minutesState({ offer, approved, signatures }: MinutesCourse): MinutesState {
  if (approved) return signatures.length === signingOffices.length ? 'signed' : 'approved'
  return offer && offer.poll !== 'rejected' && offer.poll !== 'withdrawn' ? 'offered' : 'draft'
}

/**
 * Whether the text may still change: corrections that the assembly asks for are typed before it votes, since what it
 * adopts is the text as it stood when the poll opened.
 * @returns at most one of `minutes.approved`, `minutes.voting`, `minutes.adopted`
 */
export function checkEdit({ offer, approved }: MinutesCourse): Violation[] {
  if (approved) return [{ code: 'minutes.approved' }]
  if (offer?.poll === 'voting') return [{ code: 'minutes.voting' }]
  return offer?.poll === 'adopted' ? [{ code: 'minutes.adopted' }] : []
}

/**
 * Whether they may be put to an assembly: only one at a time.
 * @returns as {@link checkEdit}, or `minutes.offered`
 */
export function checkOffer(course: MinutesCourse, sameAssembly: boolean): Violation[] {
  const refused = checkEdit(course)
  if (refused.length > 0) return refused
  return course.offer?.poll === 'waiting' && !sameAssembly ? [{ code: 'minutes.offered' }] : []
}

/** Whether the approval can be recorded: by the adopted decision, by nothing else. @returns at most `minutes.notAdopted` */
export function checkApproval({ offer, approved }: MinutesCourse): Violation[] {
  return approved || offer?.poll === 'adopted' ? [] : [{ code: 'minutes.notAdopted' }]
}

/**
 * Whether a person may sign for an office: approved minutes, each office once, by two different people.
 * @returns at most one of `minutes.notApproved`, `minutes.signedAlready`, `minutes.samePerson`
 */
export function checkSignature(
  { approved, signatures }: MinutesCourse,
  office: SigningOffice,
  personId: string,
): Violation[] {
  if (!approved) return [{ code: 'minutes.notApproved' }]
  if (signatures.some((one) => one.office === office)) return [{ code: 'minutes.signedAlready' }]
  return signatures.some((one) => one.personId === personId) ? [{ code: 'minutes.samePerson' }] : []
}
