import { centsToJson } from '#kernel'
import { distribute } from '../../../../libs/risk-margin/rules/distribute.js'
import { computeRule } from '../compute-rule.js'
import { amount, list, object, text } from '../schema.js'

/** The risk margin over those who carried the risk. */
export const distribution = computeRule(
  'distribution',
  object({ amountCents: amount, shares: list(object({ id: text, cents: amount })) }),
  ({ amountCents, shares }) => {
    const { parts, sumCents } = distribute(amountCents, shares)
    return {
      parts: parts.map(({ id, cents }) => ({ id, cents: centsToJson(cents) })),
      sumCents: centsToJson(sumCents),
    }
  },
)
