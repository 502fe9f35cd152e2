import { z } from 'zod'
import { isDay, RuleViolated } from '#kernel'
import { type FieldError, isId, requiredText } from '#platform'
import { type Office, offices } from '../rules/offices.js'
import { appointers } from '../store/entities.js'

const day = z.string({ error: 'office.dayMissing' }).refine(isDay, 'office.dayMissing')

/** The offices as they stand in the address. */
const slugs: Record<Office, string> = {
  chair: 'voorzitter',
  director: 'bestuurder',
  secretary: 'secretaris',
  ambassador: 'ambassadeursgroep',
  auditCommittee: 'kascommissie',
}

export function slugOf(office: Office): string {
  return slugs[office]
}

/** The office with this name in the address, or null. */
export function officeOf(slug: string): Office | null {
  return offices.find((office) => slugs[office] === slug) ?? null
}

/** An appointment. `tot` is the last day, as people say it; empty when there is no end. */
export const appointmentForm = z.object({
  naam: requiredText(120),
  email: z.string().trim().max(254, 'office.addressWrong').pipe(z.email('office.addressWrong')),
  vanaf: day,
  tot: z
    .string()
    .refine((last) => last === '' || isDay(last), 'office.dayMissing')
    .default(''),
  orgaan: z.enum(appointers, { error: 'office.chooseAppointer' }),
  besluit: z.string().trim().max(200, 'form.tooLong').default(''),
  toelichting: z.string().trim().max(2000, 'form.tooLong').default(''),
  verzoek: z.string({ error: 'office.staleForm' }).refine(isId, 'office.staleForm'),
})

export const endForm = z.object({ dag: day, reden: requiredText(2000) })

/** The same errors as a reader can mend them. */
export function readableErrors(errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => {
    if (error.field === 'verzoek') return { field: '', code: 'office.staleForm' }
    if (error.field === 'orgaan') return { ...error, code: 'office.chooseAppointer' }
    if (error.field === 'vanaf' || error.field === 'tot' || error.field === 'dag')
      return { ...error, code: 'office.dayMissing' }
    return error.field === 'reden' && error.code === 'form.required'
      ? { ...error, code: 'office.reasonMissing' }
      : error
  })
}

/** The broken rules of a refused act as errors of its form; anything else is thrown on. */
export function violationsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
}
