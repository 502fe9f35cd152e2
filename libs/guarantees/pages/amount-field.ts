import { z } from 'zod'
import { type Cents, tryParseCents } from '#kernel'
import { isId } from '#platform'

/** The key that makes a second click a repeat, and other hidden ids. */
export const hiddenId = z.string({ error: 'guarantee.staleForm' }).refine(isId, 'guarantee.staleForm')

/** An amount of more than nothing, as people type it. */
export const amount = z
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

/** A sentence or two that may be left out. */
export const someText = z.string().trim().max(1000, 'form.tooLong').optional().default('')
