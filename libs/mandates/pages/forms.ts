import { z } from 'zod'
import { isDay, RuleViolated } from '#kernel'
import { type FieldError, isId, requiredText } from '#platform'
import { mandateFunctions } from '../rules/mandate.js'

const optionalText = z.string().trim().max(2000, 'form.tooLong').default('')
const day = z.string({ error: 'mandate.dayMissing' }).refine(isDay, 'mandate.dayMissing')

/** A proposal. `tot` is the last day, as people say it; empty while there is no end. */
export const proposalForm = z.object({
  functie: z.enum(mandateFunctions, { error: 'mandate.chooseFunction' }),
  naam: requiredText(120),
  email: z.string().trim().max(254, 'mandate.addressWrong').pipe(z.email('mandate.addressWrong')),
  vanaf: day,
  tot: z
    .string()
    .refine((last) => last === '' || isDay(last), 'mandate.dayMissing')
    .default(''),
  toelichting: optionalText,
  verzoek: z.string({ error: 'mandate.staleForm' }).refine(isId, 'mandate.staleForm'),
})

export const refusalForm = z.object({ reden: requiredText(2000) })
export const withdrawalForm = z.object({ toelichting: optionalText })
export const endForm = z.object({ dag: day, reden: requiredText(2000) })

/** The same errors as a reader can mend them. */
export function readableErrors(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    if (error.field === 'verzoek') return { field: '', code: 'mandate.staleForm' }
    if (error.field === 'functie') return { ...error, code: 'mandate.chooseFunction' }
    if (error.field === 'vanaf' || error.field === 'tot' || error.field === 'dag')
      return { ...error, code: 'mandate.dayMissing' }
    return error.field === 'reden' && error.code === 'form.required'
      ? { ...error, code: 'mandate.reasonMissing' }
      : error
  })
}

/** The broken rules of a refused act as errors of its form; anything else is thrown on. */
export function violationsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
}
