import { centsToJson } from '#kernel'
import { divideByTimeCarried } from '../../../../libs/risk-margin/rules/time-weighted.js'
import { computeRule } from '../compute-rule.js'
import { amount, day, list, object, signedAmount, text, year } from '../schema.js'

/** An amount over those who carried the risk, by how much and how long in a year. */
export const timeweighted = computeRule(
  'timeweighted',
  object({ amountCents: amount, year, movements: list(object({ id: text, on: day, cents: signedAmount })) }),
  ({ amountCents, year: inYear, movements }) => {
    const { parts, sumCents } = divideByTimeCarried(amountCents, inYear, movements)
    return {
      parts: parts.map(({ id, cents }) => ({ id, cents: centsToJson(cents) })),
      sumCents: centsToJson(sumCents),
    }
  },
)
