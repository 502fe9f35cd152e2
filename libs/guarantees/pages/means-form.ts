import { z } from 'zod'
import { type Cents, tryParseCents } from '#kernel'
import { type FieldError, isId } from '#platform'
import type { MeansRequest } from '../means/means-declarations.service.js'

const id = z.string({ error: 'guarantee.staleForm' }).refine(isId, 'guarantee.staleForm')

/** An amount that may be left out: not declared. */
const amount = z
  .string()
  .trim()
  .optional()
  .transform((typed, context): Cents | null => {
    if (!typed) return null
    const cents = tryParseCents(typed)
    if (cents !== null) return cents
    context.addIssue({ code: 'custom', message: 'guarantee.malformedAmount' })
    return z.NEVER
  })

/** The form with which a delegate declares means; `verzoek` is the key that makes a second click a repeat. */
export const meansForm = z
  .object({
    lid: id,
    vermogen: amount,
    inkomsten: amount,
    boekjaar: z.string({ error: 'form.required' }).regex(/^\d{4}$/, 'form.required'),
    opmerking: z.string().trim().optional(),
    verzoek: id,
  })
  .transform(
    ({ lid, vermogen, inkomsten, boekjaar, opmerking, verzoek }): Omit<MeansRequest, 'year'> => ({
      ...{ memberId: lid, equityCents: vermogen, incomeCents: inkomsten },
      ...{ accountsYear: Number(boekjaar), remark: opmerking ?? '', requestKey: verzoek },
    }),
  )

/** Errors of hidden fields concern the form as a whole. */
export function ofWholeForm(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) =>
    error.field === 'verzoek' || error.field === 'lid' ? { field: '', code: 'guarantee.staleForm' } : error,
  )
}
