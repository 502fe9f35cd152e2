import type { BatchContent, FrozenPayment } from '../rules/batch-content.js'

type AsJson<T> = { [key in keyof T]: T[key] extends bigint ? string : T[key] }
type ContentJson = AsJson<Omit<BatchContent, 'payments'>> & { payments: AsJson<FrozenPayment>[] }

/** What was frozen, from the JSON that the database kept; the amounts stand there as digits. */
export function contentFromJson(json: string): BatchContent {
  const content = JSON.parse(json) as ContentJson
  return {
    ...content,
    controlSumCents: BigInt(content.controlSumCents),
    payments: content.payments.map((payment) => ({ ...payment, cents: BigInt(payment.cents) })),
  }
}
