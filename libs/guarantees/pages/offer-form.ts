import { z } from 'zod'
import type { FieldError } from '#platform'
import type { OfferRequest } from '../offers.service.js'
import { amount, hiddenId, someText } from './amount-field.js'

/** The form with which a delegate offers a pledge; `verzoek` is the key that makes a second click a repeat. */
export const offerForm = z
  .object({
    lid: hiddenId,
    bedrag: amount,
    reden: someText,
    akkoord: z.literal('ja', { error: 'guarantee.agreeFirst' }),
    verzoek: hiddenId,
  })
  .transform(
    ({ lid, bedrag, reden, verzoek }): OfferRequest => ({
      ...{ memberId: lid, cents: bedrag, reason: reden, requestKey: verzoek },
    }),
  )

/**
 * The same errors as a reader can mend them: hidden fields concern the form as a whole, and a box that was not
 * ticked is no text that was left out.
 */
export function readableErrors(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    if (error.field === 'verzoek' || error.field === 'lid') return { field: '', code: 'guarantee.staleForm' }
    if (error.field === 'bedrag' && error.code === 'form.required')
      return { ...error, code: 'guarantee.amountMissing' }
    return error.field.startsWith('akkoord') ? { ...error, code: 'guarantee.agreeFirst' } : error
  })
}
