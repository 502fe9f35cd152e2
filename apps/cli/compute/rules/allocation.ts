import { centsToJson } from '#kernel'
import { allocate } from '../../../../libs/areas/rules/allocate.js'
import { computeRule } from '../compute-rule.js'
import { amount, list, object, text } from '../schema.js'

/** A subsidy over areas by the distribution key. */
export const allocation = computeRule(
  'allocation',
  object({ amountCents: amount, weights: list(object({ id: text, weight: amount })) }),
  ({ amountCents, weights }) => {
    const { parts, sumCents } = allocate(amountCents, weights)
    return {
      parts: parts.map(({ id, cents }) => ({ id, cents: centsToJson(cents) })),
      sumCents: centsToJson(sumCents),
    }
  },
)
