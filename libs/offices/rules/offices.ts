/** The offices of the cooperative; each is also the role that its holder has. */
export const offices = ['chair', 'director', 'secretary', 'ambassador', 'auditCommittee'] as const
export type Office = (typeof offices)[number]

/** What the law and the source say of an office. */
export interface OfficeRule {
  /** How many may hold it at the same time; null when nothing limits that. */
  seats: number | null
  /** How many there have to be. */
  atLeast: number
  /** Chosen every year: a term ends at the latest at the end of the next calendar year. */
  yearly: boolean
  /** Chosen from the members: the holder acts for a voting member. */
  fromMembers: boolean
  /** Where it stands. */
  source: string
}

const APPLICATION = 'Subsidieaanvraag 2018'

export const officeRules: Readonly<Record<Office, OfficeRule>> = {
  chair: rule({ source: `${APPLICATION}, § 9.3` }),
  director: rule({ source: `${APPLICATION}, § 9.4` }),
  secretary: rule({ source: 'aanname' }),
  ambassador: rule({
    ...{ seats: 5, atLeast: 5, yearly: true, fromMembers: true, source: `${APPLICATION}, § 9.3` },
  }),
  auditCommittee: rule({
    ...{ seats: null, atLeast: 2, yearly: true, source: 'Burgerlijk Wetboek Boek 2, artikel 48 lid 2' },
  }),
}

function rule(said: Partial<OfficeRule> & { source: string }): OfficeRule {
  return { seats: 1, atLeast: 1, yearly: false, fromMembers: false, ...said }
}

/** An office that does not go together with another office or role, and where that stands. */
export interface Conflict {
  office: Office
  /** Another office, or a role of the administration. */
  with: Office | 'delegate' | 'controller' | 'serviceTeam' | 'teamLead' | 'contractor'
  source: string
}

const NOT_OF_THE_BOARD = 'Burgerlijk Wetboek Boek 2, artikel 48 lid 2'
const KEEPS_THE_BOOKS = `${APPLICATION}, § 10.1: wie de administratie voert, controleert haar niet zelf; dat is een aanname`

/** What does not go together. It counts both ways: whoever holds the one is not appointed to the other. */
export const conflicts: readonly Conflict[] = [
  { office: 'auditCommittee', with: 'director', source: NOT_OF_THE_BOARD },
  {
    office: 'auditCommittee',
    with: 'ambassador',
    source: `${NOT_OF_THE_BOARD}; ${APPLICATION}, § 9.3: de ambassadeursgroep is een dagelijks bestuur`,
  },
  {
    office: 'auditCommittee',
    with: 'chair',
    source: `${NOT_OF_THE_BOARD}; ${APPLICATION}, § 9.3: de voorzitter leidt het dagelijks bestuur`,
  },
  { office: 'auditCommittee', with: 'controller', source: KEEPS_THE_BOOKS },
  { office: 'auditCommittee', with: 'serviceTeam', source: KEEPS_THE_BOOKS },
  { office: 'auditCommittee', with: 'teamLead', source: KEEPS_THE_BOOKS },
  { office: 'auditCommittee', with: 'contractor', source: KEEPS_THE_BOOKS },
  { office: 'chair', with: 'director', source: `${APPLICATION}, § 9.3: de voorzitter is onafhankelijk` },
  { office: 'chair', with: 'delegate', source: `${APPLICATION}, § 9.3: de voorzitter komt van buiten` },
  { office: 'chair', with: 'ambassador', source: `${APPLICATION}, § 9.3: de voorzitter komt van buiten` },
  {
    office: 'director',
    with: 'ambassador',
    source: `${APPLICATION}, § 9.3: de ambassadeursgroep spreekt met de bestuurder`,
  },
]

/** What does not go together with an office, whichever of the two the table names first. */
export function conflictsOf(office: Office): Conflict[] {
  return conflicts.flatMap((conflict) => {
    if (conflict.office === office) return [conflict]
    return conflict.with === office ? [{ ...conflict, office, with: conflict.office }] : []
  })
}
