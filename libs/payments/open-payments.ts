import type { OpenItem } from '#bank'
import type { OfferedPayment } from './store/payment.store.js'

/** A payment that the bank has and did not make yet. */
export function paymentItem({ id, name, endToEndId, cents, iban, batch }: OfferedPayment): OpenItem {
  const label = `Betaling aan ${name} (betaalopdracht ${batch})`
  return {
    ...{ id, kind: 'payment', label, cents: -cents, reference: endToEndId, iban, whole: true },
    href: `/betalingen/${batch}`,
  }
}

/** A payment that was made: its money may come back. */
export function returnItem({ id, name, endToEndId, cents, iban, batch }: OfferedPayment): OpenItem {
  const label = `Teruggekomen betaling aan ${name} (betaalopdracht ${batch})`
  return {
    ...{ id, kind: 'paymentReturn', label, cents, reference: endToEndId, iban, whole: true },
    href: `/betalingen/${batch}`,
  }
}

/** What is open of each batch, as one sum. */
export function batchItems(payments: readonly OfferedPayment[]): OpenItem[] {
  const ids = [...new Set(payments.map(({ batchId }) => batchId))]
  return ids.map((id) => {
    const ofBatch = payments.filter(({ batchId }) => batchId === id)
    const { batch, messageId } = ofBatch[0]!
    const sum = ofBatch.reduce((total, { cents }) => total + cents, 0n)
    const label = `Betaalopdracht ${batch}, ${ofBatch.length} betalingen in één bedrag`
    return {
      ...{
        id,
        kind: 'paymentBatch',
        label,
        cents: -sum,
        reference: messageId,
        iban: null,
        whole: true,
      },
      href: `/betalingen/${batch}`,
    }
  })
}
