import { BadInput, quoted } from './bad-input.js'
import { allocation } from './rules/allocation.js'
import { call } from './rules/call.js'
import { coverage } from './rules/coverage.js'
import { distribution } from './rules/distribution.js'
import { membership } from './rules/membership.js'
import { report } from './rules/report.js'
import { timeweighted } from './rules/timeweighted.js'
import { verdict } from './rules/verdict.js'
import { parseStrictJson } from './strict-json.js'

export { BadInput } from './bad-input.js'

/** To add a rule: write a file in `rules/` and name it here. */
const rules = new Map(
  [distribution, allocation, coverage, verdict, membership, call, timeweighted, report].map((rule) => [
    rule.name,
    rule,
  ]),
)

/** The names that `samen compute` knows. */
export const computeRules: readonly string[] = [...rules.keys()]

/**
 * Applies a rule to a JSON document. Pure: no database, no clock, no settings.
 * @param input the document as text, or as bytes of UTF-8
 * @returns the answer as JSON on one line, with the line feed
 * @throws BadInput (a message of one line that names the path) for an unknown rule and for anything in the
 * input that does not belong there; nothing else on any input
 */
export function runCompute(rule: string, input: string | Uint8Array): { output: string } {
  const chosen = rules.get(rule)
  if (!chosen)
    throw new BadInput('compute', `onbekende regel ${quoted(rule)}; kies uit ${computeRules.join(', ')}`)
  const document = parseStrictJson(typeof input === 'string' ? input : decoded(input))
  try {
    return { output: `${JSON.stringify(chosen.answer(document))}\n` }
  } catch (error) {
    // Longer than the longest text that V8 can hold: about 500 million characters.
    if (error instanceof RangeError) throw new BadInput('input', 'geeft een te groot antwoord')
    throw error
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BadInput('input', 'is geen UTF-8, of te groot')
  }
}
