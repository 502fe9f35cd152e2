import { verdict as verdictOn } from '../../../../libs/assemblies/rules/verdict.js'
import { verdictReason } from '../../../../libs/assemblies/rules/verdict-reason.js'
import { computeRule } from '../compute-rule.js'
import { count, flag, fraction, nullable, object, oneOf } from '../schema.js'

/** Whether a motion is adopted, and why. */
export const verdict = computeRule(
  'verdict',
  object({
    tally: object({ for: count, against: count, blank: count, invalid: count }),
    majority: object({ fraction, strict: flag, base: oneOf('cast', 'present', 'electorate') }),
    blank: oneOf('excluded', 'included'),
    present: count,
    electorate: count,
    quorum: nullable(object({ fraction, strict: flag })),
  }),
  (input) => {
    const found = verdictOn(input)
    const { adopted, base, needed, quorumReached } = found
    return { adopted, base, needed, quorumReached, reason: verdictReason(input, found) }
  },
)
