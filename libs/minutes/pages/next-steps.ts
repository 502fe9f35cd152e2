import type { Visitor } from '#platform'
import { type MinutesOfAssembly, mayWrite } from '../minutes.service.js'
import { checkEdit, signingOffices } from '../rules/course.js'

/** What this person can do with the minutes now; the assembly, or somebody else, is what the others wait for. */
export function nextSteps(
  visitor: Visitor,
  { state, course, offer, signatures }: MinutesOfAssembly,
  words: (key: string) => string,
) {
  const poll = offer?.standing.state
  const writes = mayWrite(visitor)
  const hasSigned = signatures.some(({ personId }) => personId === visitor.personId)
  const offices = signingOffices.filter(
    (office) => visitor.has(office) && !signatures.some((one) => one.office === office),
  )
  return {
    mayEdit: writes && checkEdit(course).length === 0,
    mayOffer: writes && state === 'draft',
    rejected: state === 'draft' && poll === 'rejected',
    mayApprove: writes && state === 'offered' && poll === 'adopted',
    voting: state === 'offered' && poll === 'voting',
    signs: state === 'approved' && !hasSigned ? offices : [],
    signOptions: offices.map((office) => ({ value: office, label: words(`office.${office}`) })),
    office: offices[0] ?? '',
    nextAssemblyId: offer?.assemblyId ?? '',
  }
}

/** The version that lies with the agenda, when the text was corrected after it. */
export function changedSince({ latest, papers, state }: MinutesOfAssembly): number | null {
  const offered = papers.find(({ kind }) => kind === 'offered')
  return state === 'offered' && offered && offered.version < latest.number ? offered.version : null
}
