import type { Violation } from '#kernel'

/** The offices for which somebody can stand in during one assembly. */
export const standInOffices = ['chair', 'secretary'] as const
export type StandInOffice = (typeof standInOffices)[number]

/**
 * Whether this person can stand in: not for an office held already, and not for both offices of one assembly
 * (who leads does not keep the record of it: an assumption). After the assembly there is nothing to stand in for.
 * @returns at most one of `assembly.ended`, `standIn.unknownPerson`, `standIn.holdsOffice`, `standIn.both`
 */
export function checkAppointment(
  office: StandInOffice,
  assembly: { ended: boolean; standIns: Readonly<Partial<Record<StandInOffice, string | null>>> },
  person: { id: string; roles: readonly string[] } | null,
): Violation[] {
  if (assembly.ended) return [{ code: 'assembly.ended' }]
  if (!person) return [{ code: 'standIn.unknownPerson', path: 'persoon' }]
  if (person.roles.includes(office)) return [{ code: 'standIn.holdsOffice', path: 'persoon' }]
  const other: StandInOffice = office === 'chair' ? 'secretary' : 'chair'
  const both = assembly.standIns[other] === person.id || person.roles.includes(other)
  return both ? [{ code: 'standIn.both', path: 'persoon' }] : []
}
