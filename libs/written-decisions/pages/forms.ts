import { z } from 'zod'
import { isDay, RuleViolated } from '#kernel'
import { type FieldError, isId, requiredText } from '#platform'
import { writtenTypes } from '../rules/course.js'
import { writtenChoices } from '../rules/unanimity.js'

/** A proposal; `kenmerk` is its id, so that sending the form twice proposes it once. */
export const proposalForm = z.object({
  kenmerk: z.string({ error: 'written.staleForm' }).refine(isId, 'written.staleForm'),
  titel: requiredText(150),
  tekst: requiredText(20_000),
  toelichting: requiredText(5000),
  soort: z.enum(writtenTypes, { error: 'written.chooseType' }),
})

export const openingForm = z.object({
  sluitingsdag: z.string({ error: 'written.dayMissing' }).refine(isDay, 'written.dayMissing'),
})

export const withdrawalForm = z.object({ reden: requiredText(1000) })

export const answerForm = z.object({
  lid: z.string({ error: 'written.chooseMember' }).refine(isId, 'written.chooseMember'),
  keuze: z.enum(writtenChoices, { error: 'written.chooseAnswer' }),
})

/** The broken rules of a refused act as errors of its form; what names no field is a page of its own. */
export function violationsOf(error: unknown): FieldError[] {
  if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
  return error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
}

/** A choice that was not made is asked for in our own words. */
export function readable(errors: readonly FieldError[]): FieldError[] {
  const codes: Record<string, string> = {
    soort: 'written.chooseType',
    sluitingsdag: 'written.dayMissing',
    lid: 'written.chooseMember',
    keuze: 'written.chooseAnswer',
    kenmerk: 'written.staleForm',
  }
  return errors.map((error) => ({ ...error, code: codes[error.field] ?? error.code }))
}
