import type { Violation } from '#kernel'
import type { DecisionOutcome, ReviewOutcome } from './application-state.js'

/** The organ that admits members, as the statutes name it. */
export type AdmissionOrgan = 'director' | 'assembly'

/** Roles that may record what the assembly decided. */
const RECORDERS = ['director', 'secretary', 'chair']

/** What someone wants to record as the decision on an application. */
export interface IntendedDecision {
  organ: AdmissionOrgan
  outcome: DecisionOutcome
  reason: string
  advice: ReviewOutcome
  /** The roles of who records it. */
  roles: readonly string[]
  /** The decision of the assembly on this application; null while there is none. */
  assemblyDecision: { adopted: boolean } | null
}

/** Whether someone with these roles may record the decision of this organ. */
export function mayRecordDecision(organ: AdmissionOrgan, roles: readonly string[]): boolean {
  return organ === 'director' ? roles.includes('director') : roles.some((role) => RECORDERS.includes(role))
}

/**
 * What stands in the way of a decision. The director decides in person; of the assembly only what it adopted
 * or rejected is recorded. A refusal has its reason, and so has an admission against the advice.
 */
export function checkDecision(decision: IntendedDecision): Violation[] {
  const { organ, outcome, reason, advice, roles, assemblyDecision } = decision
  if (!mayRecordDecision(organ, roles)) return [{ code: 'admission.notYourDecision' }]
  if (organ === 'assembly') {
    if (!assemblyDecision) return [{ code: 'admission.noAssemblyDecision' }]
    if (assemblyDecision.adopted !== (outcome === 'admitted')) return [{ code: 'admission.againstDecision' }]
  }
  if (reason.trim() !== '') return []
  if (outcome === 'refused') return [{ code: 'admission.refusalReason', path: 'reden' }]
  return advice === 'adviseRefusal' ? [{ code: 'admission.againstAdviceReason', path: 'reden' }] : []
}
