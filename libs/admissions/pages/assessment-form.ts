import { typedFields } from '#platform'
import type { GivenAssessment } from '../assessing.service.js'
import type { ReviewOutcome } from '../rules/application-state.js'
import { type Finding, findings } from '../rules/assessment.js'

const OUTCOMES: Record<string, ReviewOutcome | 'keep'> = {
  bewaren: 'keep',
  navragen: 'askedBack',
  toelaten: 'adviseAdmission',
  afwijzen: 'adviseRefusal',
}
const LONGEST = 5000

/** The assessment as it was sent; an outcome that is not ours only keeps the findings. */
export function readAssessment(body: unknown): { given: GivenAssessment; typed: Record<string, string> } {
  const typed = typedFields(body)
  const keys = Object.keys(typed).flatMap((field) => /^oordeel\.([a-z0-9-]+)$/.exec(field)?.[1] ?? [])
  const judged = keys.map((key) => {
    const finding = findings.find((one) => one === typed[`oordeel.${key}`]) ?? null
    return [key, { finding: finding as Finding | null, note: text(typed[`toelichting.${key}`]) }] as const
  })
  return {
    typed,
    given: {
      version: Number(typed.versie ?? 0),
      findings: Object.fromEntries(judged),
      outcome: OUTCOMES[typed.uitkomst ?? ''] ?? 'keep',
      message: text(typed.bericht),
    },
  }
}

/** The choices of the form, in its order. */
export const outcomeChoices = Object.keys(OUTCOMES)

function text(typed: string | undefined): string {
  return (typed ?? '').replace(/\r\n?/g, '\n').slice(0, LONGEST)
}
