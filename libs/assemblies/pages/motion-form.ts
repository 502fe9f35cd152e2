import { z } from 'zod'
import type { Violation } from '#kernel'
import { parseForm, requiredText, typedFields } from '#platform'
import type { MotionContent } from '../motions/motions.service.js'

/** As long as a text of a motion may be, in characters. */
export const LONGEST_TEXT = 20_000

const motionForm = z.object({
  namens: z.string().default(''),
  titel: requiredText(150),
  vraag: requiredText(500),
  tekst: requiredText(LONGEST_TEXT),
  toelichting: z.string().trim().max(5000, 'form.tooLong').default(''),
  besluit: z.enum(['ordinary', 'statuteChange']).default('ordinary'),
})

const amendmentForm = z.object({
  namens: requiredText(60),
  tekst: requiredText(LONGEST_TEXT),
  toelichting: requiredText(5000),
  van: z.string().regex(/^\d{1,4}$/),
})

const reasonForm = z.object({ reden: requiredText(1000) })

export type Read<T> =
  | { ok: true; value: T; typed: Record<string, string> }
  | { ok: false; errors: Violation[]; typed: Record<string, string> }

/** Browsers send line ends as CR LF; texts are kept and compared with LF. */
const withPlainLineEnds = (body: unknown) =>
  Object.fromEntries(
    Object.entries(typedFields(body)).map(([name, text]) => [name, text.replace(/\r\n?/g, '\n')]),
  )

function read<T>(schema: z.ZodType<T>, body: unknown): Read<T> {
  const typed = withPlainLineEnds(body)
  const form = parseForm(schema, typed)
  if (form.ok) return { ...form, typed }
  return { ok: false, typed, errors: form.errors.map(({ field, code }) => ({ code, path: field })) }
}

/** What a proposer typed of a motion, and for whom. */
export function readMotionForm(body: unknown): Read<{ content: MotionContent; chosen: string }> {
  const form = read(motionForm, body)
  if (!form.ok) return form
  const { namens, titel, vraag, tekst, toelichting, besluit } = form.value
  const content = {
    title: titel,
    question: vraag,
    text: tekst,
    reasoning: toelichting,
    decisionType: besluit,
  }
  return { ...form, value: { content, chosen: namens } }
}

/** What a proposer typed of an amendment; `van` is the number of the text that was on the screen. */
export function readAmendmentForm(
  body: unknown,
): Read<{ content: { text: string; reasoning: string; baseNumber: number }; chosen: string }> {
  const form = read(amendmentForm, body)
  if (!form.ok) return form
  const { namens, tekst, toelichting, van } = form.value
  return {
    ...form,
    value: { content: { text: tekst, reasoning: toelichting, baseNumber: Number(van) }, chosen: namens },
  }
}

export const readReasonForm = (body: unknown): Read<{ reden: string }> => read(reasonForm, body)
