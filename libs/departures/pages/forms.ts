import { z } from 'zod'
import { isDay, RuleViolated } from '#kernel'
import { type FieldError, isId, requiredText } from '#platform'
import type { DepartureType, StepType } from '../rules/departure.js'

const id = z.string({ error: 'departure.staleForm' }).refine(isId, 'departure.staleForm')
const agreed = z.literal('ja', { error: 'departure.agreeFirst' })
const optionalText = z.string().trim().max(2000, 'form.tooLong').default('')

/** A resignation: in the ordinary way, or at once because rights were restricted. */
export const resignationForm = z
  .object({
    lid: id,
    wijze: z.enum(['gewoon', 'meteen'], { error: 'departure.chooseWay' }),
    bekend: z.string().default(''),
    reden: optionalText,
    akkoord: agreed,
    verzoek: id,
  })
  .refine(({ wijze, bekend }) => wijze === 'gewoon' || isDay(bekend), {
    path: ['bekend'],
    message: 'departure.dayMissing',
  })

export const kindForm = z.object({ lid: id, reden: requiredText(2000), akkoord: agreed, verzoek: id })

export const withdrawalForm = z.object({ toelichting: optionalText })

/** What the director records about a case. */
export const outcomeForm = z.object({
  uitkomst: z.enum(['withdrawn', 'lifted', 'lapsed', 'upheld', 'overturned', 'approved', 'refused'], {
    error: 'departure.chooseOutcome',
  }) satisfies z.ZodType<StepType>,
  toelichting: optionalText,
  besluit: z.string().trim().max(200, 'form.tooLong').default(''),
})

/** What the director can begin, by its name in the address. */
export const acts: Readonly<Record<string, DepartureType>> = {
  schorsing: 'suspended',
  opzegging: 'cancelled',
  ontzetting: 'expelled',
  ontbinding: 'dissolved',
  fusie: 'merged',
}

export const actForm = z.object({
  reden: requiredText(2000),
  dag: z
    .string()
    .refine((day) => day === '' || isDay(day), 'departure.dayMissing')
    .default(''),
  opvolger: z.string().default(''),
  akkoord: agreed,
  verzoek: id,
})

/** The same errors as a reader can mend them: hidden fields concern the form as a whole. */
export function readableErrors(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    if (error.field === 'verzoek' || error.field === 'lid') return { field: '', code: 'departure.staleForm' }
    if (error.field === 'akkoord') return { ...error, code: 'departure.agreeFirst' }
    if (error.field === 'wijze') return { ...error, code: 'departure.chooseWay' }
    if (error.field === 'uitkomst') return { ...error, code: 'departure.chooseOutcome' }
    if (error.field === 'reden' && error.code === 'form.required')
      return { ...error, code: 'departure.reasonMissing' }
    return error.field === 'bekend' ? { ...error, code: 'departure.dayMissing' } : error
  })
}

/** The broken rules of a refused act as errors of its form; anything else is thrown on. */
export function violationsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
}
