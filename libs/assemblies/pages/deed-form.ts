import { z } from 'zod'
import { type Day, isDay, type Violation } from '#kernel'
import { parseForm, requiredText } from '#platform'

const deedForm = z.object({
  dag: z.string({ error: 'form.required' }).refine(isDay, 'form.invalid'),
  notaris: requiredText(150),
})

/** The day of a deed and the notary who made it. */
export function readDeedForm(
  typed: Record<string, string>,
): { ok: true; value: { day: Day; notary: string } } | { ok: false; errors: Violation[] } {
  const form = parseForm(deedForm, typed)
  if (form.ok) return { ok: true, value: { day: form.value.dag, notary: form.value.notaris } }
  return { ok: false, errors: form.errors.map(({ field, code }) => ({ code, path: field })) }
}
