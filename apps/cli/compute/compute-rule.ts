import { RuleViolated, type Violation } from '#kernel'
import { BadInput, quoted } from './bad-input.js'
import { type Reader, readInput } from './schema.js'
import type { JsonValue } from './strict-json.js'

/** A rule that anyone can recompute. */
export type ComputeRule = {
  name: string
  /**
   * From the document on stdin to an answer that `JSON.stringify` can write, with amounts as strings of cents.
   * @throws BadInput
   */
  answer: (document: JsonValue) => object
}

/** Joins a name, the shape of the input, and the same pure function that the product uses. */
export function computeRule<Input>(
  name: string,
  input: Reader<Input>,
  apply: (input: Input) => object,
): ComputeRule {
  return {
    name,
    answer(document) {
      const read = readInput(input, document)
      try {
        return apply(read)
      } catch (error) {
        throw error instanceof RuleViolated ? badInputOf(error.violations[0]!) : error
      }
    },
  }
}

const PROBLEMS: Record<string, (params: Record<string, string>) => string> = {
  'apportion.emptyList': () => 'is leeg; er valt over niemand te verdelen',
  'apportion.zeroTotal': () => 'telt op tot 0; er valt over niemand te verdelen',
  'call.overRoom': () => 'is meer dan er nog open staat van alle toezeggingen samen',
  'call.overCalled': () => 'is meer dan de toezegging zelf',
  'timeWeighted.negative': () => 'brengt de garantie aan het eind van de dag onder 0',
  'apportion.repeatedId': ({ id }) => `${quoted(id ?? '')} komt twee keer voor`,
  'coverage.repeatedCapHolder': ({ id }) => `${quoted(id ?? '')} komt twee keer voor`,
  'verdict.presentExceedsElectorate': () => 'is groter dan electorate',
  'verdict.tallyExceedsPresent': () => 'telt op tot meer dan present',
}

function badInputOf({ code, path, params }: Violation): BadInput {
  return new BadInput(path ?? 'input', PROBLEMS[code]?.(params ?? {}) ?? code)
}
