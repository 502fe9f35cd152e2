import { z } from 'zod'
import { isDay, RuleViolated } from '#kernel'
import { type FieldError, isId, requiredText } from '#platform'
import { CASE_FILES, MOST_FILES } from '../acting.service.js'

/** How many files come with one form. */
export const CASE_UPLOADS = {
  maxFiles: MOST_FILES,
  maxFileBytes: CASE_FILES.maxBytes,
  maxFormBytes: MOST_FILES * CASE_FILES.maxBytes,
}

/** A new case; `kenmerk` is its id, so that sending the form twice begins one. */
export const startForm = z.object({
  kenmerk: z.string({ error: 'intervention.staleForm' }).refine(isId, 'intervention.staleForm'),
  onderwerp: requiredText(150),
  waarover: z.string().max(100).default(''),
  reden: requiredText(5000),
})

/** Whatever an act needs; which of it is the rules' to say. */
export const actForm = z.object({
  gezien: z
    .string({ error: 'intervention.staleForm' })
    .regex(/^[1-9]\d{0,3}$/, 'intervention.staleForm')
    .transform(Number),
  reden: z.string().trim().max(5000, 'form.tooLong').default(''),
  dag: z
    .string()
    .default('')
    .transform((day) => (isDay(day) ? day : null)),
  tijd: z
    .string()
    .default('')
    .transform((time) => (time === '' ? null : time.trim().replace('.', ':').padStart(5, '0'))),
  vergadering: z
    .string()
    .default('')
    .transform((id) => (isId(id) ? id : null)),
})

/** The broken rules of a refused form as errors of its fields; what names no field is a page of its own. */
export function errorsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => {
    const field = code.startsWith('file.') ? 'bestanden' : path
    if (!field) throw error
    return { field, code, params }
  })
}
