import type { z } from 'zod'
import { RuleViolated } from '#kernel'
import { type Page, parseForm, type SeeOther, seeOther, typedFields } from '#platform'
import type { Refused } from './refused.js'

/**
 * Parses a form and does what it asks; then to `to`, or back to the page with what was typed and what is wrong with it.
 * A refusal that names no field concerns the form as a whole.
 */
export async function answerForm<T>(
  schema: z.ZodType<T>,
  body: unknown,
  { form, act, to, refuse }: FormAnswer<T>,
): Promise<Page | SeeOther> {
  const typed = typedFields(body)
  const parsed = parseForm(schema, body)
  if (!parsed.ok) return refuse({ form, typed, violations: parsed.errors.map(readable) })
  try {
    await act(parsed.value)
    return seeOther(to)
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return refuse({ form, typed, violations: error.violations })
  }
}

interface FormAnswer<T> {
  /** The name of the form, so that the page shows what was typed in that one. */
  form: string
  act: (value: T) => Promise<unknown>
  to: string
  refuse: (refused: Refused) => Promise<Page>
}

/** The hidden key concerns the form as a whole. */
function readable(error: { field: string; code: string; params?: Record<string, string> }) {
  return error.field === 'verzoek' ? { field: '', code: 'distribution.staleForm' } : error
}
