import { z } from 'zod'
import type { Language, Messages } from '../text/messages.js'

/** What is wrong with one field: a message key (or violation code) with its values. */
export interface FieldError {
  field: string
  code: string
  params?: Record<string, string>
}

export type ParsedForm<T> =
  | { ok: true; value: T }
  | { ok: false; errors: FieldError[]; typed: Record<string, string> }

/** The fields of a submitted form as typed; files and repeated fields keep their first text. */
export function typedFields(body: unknown): Record<string, string> {
  const typed: Record<string, string> = {}
  if (typeof body !== 'object' || body === null) return typed
  for (const [name, value] of Object.entries(body)) {
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (typeof first === 'string' && name !== '_csrf') typed[name] = first
  }
  return typed
}

/**
 * Checks a submitted form. Schema messages are codes (`web.form.required`); what was typed comes
 * back, so that a page can show it again.
 */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown): ParsedForm<T> {
  const typed = typedFields(body)
  const parsed = schema.safeParse(typed)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = new Map<string, FieldError>()
  for (const issue of parsed.error.issues) {
    const field = issue.path.join('.')
    const code = /^[\w.-]+$/.test(issue.message) ? issue.message : 'form.invalid'
    if (!errors.has(field)) errors.set(field, { field, code: typed[field] ? code : 'form.required' })
  }
  return { ok: false, errors: [...errors.values()], typed }
}

/** A text that must be filled in, without the white space around it. */
export const requiredText = (max: number) =>
  z.string({ error: 'form.required' }).trim().min(1, 'form.required').max(max, 'form.tooLong')

/** A field error as the design system shows it: on top of the form, and beside its field. */
export interface ShownError {
  path: string
  message: string
}

/** Turns error codes into texts of the language; the texts stand with the violations. */
export function formErrors(
  messages: Messages,
  language: Language,
  errors: readonly { field?: string; path?: string; code: string; params?: Record<string, string> }[],
): ShownError[] {
  return errors.map(({ field, path, code, params }) => ({
    path: field ?? path ?? '',
    message: messages.violation(language, { code, params }),
  }))
}
