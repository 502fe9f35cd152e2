import { z } from 'zod'
import { type Cents, tryParseCents } from '#kernel'
import { type FieldError, isId } from '#platform'
import type { PledgeRequest } from '../pledges.service.js'

const id = z.string({ error: 'guarantee.staleForm' }).refine(isId, 'guarantee.staleForm')

const amount = z
  .string({ error: 'form.required' })
  .trim()
  .min(1, 'form.required')
  .transform((typed, context): Cents => {
    const cents = tryParseCents(typed)
    if (cents !== null && cents > 0n) return cents
    context.addIssue({
      code: 'custom',
      message: cents === null ? 'guarantee.malformedAmount' : 'guarantee.notPositive',
    })
    return z.NEVER
  })

/** The form with which a delegate pledges; `verzoek` is the key that makes a second click a repeat. */
export const pledgeForm = z
  .object({
    lid: id,
    bedrag: amount,
    akkoord: z.literal('ja', { error: 'guarantee.agreeFirst' }),
    verzoek: id,
  })
  .transform(
    ({ lid, bedrag, verzoek }): PledgeRequest => ({ memberId: lid, cents: bedrag, requestKey: verzoek }),
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
    return error.field === 'akkoord' ? { ...error, code: 'guarantee.agreeFirst' } : error
  })
}
