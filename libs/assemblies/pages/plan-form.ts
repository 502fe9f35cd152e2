import { z } from 'zod'
import { isDay, type Violation } from '#kernel'
import { parseForm, requiredText, typedFields } from '#platform'
import { instantOn, timeOn } from '../rules/amsterdam-time.js'
import type { AssemblyPlanned } from '../store/assembly-plan.store.js'
import type { AssemblyRow } from '../store/entities.js'

const when = {
  dag: z.string().refine(isDay, 'day.malformed'),
  begin: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'form.time'),
  plaats: z.string().trim().max(200, 'form.tooLong').default(''),
  online: z
    .union([z.literal(''), z.url({ protocol: /^https$/, error: 'form.webAddress' }).max(500, 'form.tooLong')])
    .default(''),
}
const planForm = z.object({
  titel: requiredText(150),
  soort: z.enum(['ordinary', 'extraordinary']),
  ...when,
})
const moveForm = z.object({ ...when, reden: requiredText(2000) })

type Where = Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'>
type Read<T> = { ok: true; value: T } | { ok: false; errors: Violation[]; typed: Record<string, string> }

/** What a planner typed of an assembly. */
export function readPlan(body: unknown): Read<AssemblyPlanned> {
  const form = parseForm(planForm, body)
  if (!form.ok) return refused(form.errors, body)
  const where = whereFrom(form.value)
  if (Array.isArray(where)) return refused(where, body)
  return { ok: true, value: { title: form.value.titel, kind: form.value.soort, ...where } }
}

/** Another day, time or place, and why. */
export function readMove(body: unknown): Read<Where & { reason: string }> {
  const form = parseForm(moveForm, body)
  if (!form.ok) return refused(form.errors, body)
  const where = whereFrom(form.value)
  if (Array.isArray(where)) return refused(where, body)
  return { ok: true, value: { ...where, reason: form.value.reden } }
}

/** What stands, as the form shows it. */
export function planFields(assembly: AssemblyRow): Record<string, string> {
  return {
    titel: assembly.title,
    soort: assembly.kind,
    dag: assembly.heldOn,
    begin: timeOn(assembly.startsAt),
    plaats: assembly.place,
    online: assembly.onlineAddress ?? '',
  }
}

function whereFrom(form: {
  dag: string
  begin: string
  plaats: string
  online: string
}): Where | Violation[] {
  const startsAt = instantOn(form.dag, form.begin)
  if (!startsAt) return [{ code: 'form.time', path: 'begin' }]
  if (form.plaats === '' && form.online === '') return [{ code: 'assembly.nowhere', path: 'plaats' }]
  return { heldOn: form.dag, startsAt, place: form.plaats, onlineAddress: form.online || null }
}

function refused(errors: readonly { field?: string; path?: string; code: string }[], body: unknown) {
  return {
    ok: false as const,
    errors: errors.map(({ field, path, code }) => ({ code, path: field ?? path })),
    typed: typedFields(body),
  }
}
