import { centsToJson } from '#kernel'
import { coverage as coverageOf } from '../../../../libs/guarantees/rules/coverage.js'
import { computeRule } from '../compute-rule.js'
import { amount, fraction, list, object, text } from '../schema.js'

/** What the members pledged against what the guarantee asks, and the cap of the director. */
export const coverage = computeRule(
  'coverage',
  object({
    baseCents: amount,
    rate: fraction,
    cap: object({ holders: list(text), fraction }),
    pledges: list(object({ holder: text, cents: amount })),
  }),
  (input) => {
    const found = coverageOf(input)
    return {
      requiredCents: centsToJson(found.requiredCents),
      pledgedCents: centsToJson(found.pledgedCents),
      openCents: centsToJson(found.openCents),
      capCents: centsToJson(found.capCents),
      violations: found.violations.map(({ code, holders, overCents }) => ({
        code,
        holders,
        overCents: centsToJson(overCents),
      })),
    }
  },
)
