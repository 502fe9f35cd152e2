import { z } from 'zod'
import type { Violation } from '#kernel'
import { isId, parseForm, requiredText, typedFields } from '#platform'
import type { ItemContent } from '../convocation/agenda.service.js'
import { isDeciding, itemTypes } from '../rules/agenda.js'
import { decisionTypes } from '../rules/poll-rule.js'

const itemForm = z.object({
  soort: z.enum(itemTypes),
  titel: requiredText(150),
  toelichting: z.string().trim().max(5000, 'form.tooLong').default(''),
  minuten: z.string().regex(/^([1-5]?\d?\d|600)$/, 'form.minutes'),
  vraag: z.string().trim().max(500, 'form.tooLong').default(''),
  besluit: z.enum(decisionTypes).default('ordinary'),
})

type Read<T> = { ok: true; value: T } | { ok: false; errors: Violation[]; typed: Record<string, string> }

/** What a planner typed of an item; where something is decided a question is needed. */
export function readItemForm(body: unknown): Read<ItemContent> {
  const typed = typedFields(body)
  const form = parseForm(itemForm, body)
  if (!form.ok) {
    return { ok: false, typed, errors: form.errors.map(({ field, code }) => ({ code, path: field })) }
  }
  const { soort, titel, toelichting, minuten, vraag, besluit } = form.value
  if (isDeciding(soort) && vraag === '') {
    return { ok: false, typed, errors: [{ code: 'agenda.questionNeeded', path: 'vraag' }] }
  }
  const content = { type: soort, title: titel, explanation: toelichting, minutes: Number(minuten) }
  return { ok: true, value: { ...content, question: vraag, decisionType: besluit } }
}

const paperForm = z.object({ naam: requiredText(150) })

/** Which paper a file is for: `stuk` names one that is there, else `naam` a new one. */
export function readPaperForm(
  body: unknown,
  hasFile: boolean,
): Read<{ id: string | null; title: string; verbatim: boolean }> {
  const typed = typedFields(body)
  const missing = hasFile ? [] : [{ code: 'agenda.fileNeeded', path: 'bestand' }]
  if (isId(typed.stuk)) {
    const value = { id: typed.stuk, title: '', verbatim: false }
    return hasFile ? { ok: true, value } : { ok: false, errors: missing, typed }
  }
  const form = parseForm(paperForm, body)
  const errors = [
    ...(form.ok ? [] : form.errors.map(({ field, code }) => ({ code, path: field }))),
    ...missing,
  ]
  if (!form.ok || errors.length > 0) return { ok: false, errors, typed }
  return { ok: true, value: { id: null, title: form.value.naam, verbatim: typed.woordelijk === 'ja' } }
}
