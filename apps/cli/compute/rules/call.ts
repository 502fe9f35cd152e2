import { centsToJson } from '#kernel'
import { divideCall } from '../../../../libs/guarantees/rules/call.js'
import { computeRule } from '../compute-rule.js'
import { amount, list, object, text } from '../schema.js'

/** A call on the guarantees, over those who pledged. */
export const call = computeRule(
  'call',
  object({ amountCents: amount, pledges: list(object({ id: text, cents: amount, calledCents: amount })) }),
  ({ amountCents, pledges }) => {
    const { parts, sumCents } = divideCall(amountCents, pledges)
    return {
      parts: parts.map(({ id, cents }) => ({ id, cents: centsToJson(cents) })),
      sumCents: centsToJson(sumCents),
    }
  },
)
