import { isDay } from '#kernel'
import { type Instant, parseInstant } from '../../../../libs/members/rules/instant.js'
import { type MembershipEvent, membershipKnownAt } from '../../../../libs/members/rules/membership.js'
import type { Recorded } from '../../../../libs/members/rules/standing.js'
import { BadInput, quoted, type Step } from '../bad-input.js'
import { computeRule } from '../compute-rule.js'
import { count, flag, list, object, oneOf, type Reader, text } from '../schema.js'

const types = ['admitted', 'kindChanged', 'suspended', 'reinstated', 'ended'] as const
const withKind: readonly unknown[] = ['admitted', 'kindChanged']

type TypedEvent = {
  on: string
  recordedAt: string
  type: (typeof types)[number]
  kind?: 'voting' | 'supporting'
  corrects?: number
  void?: boolean
}

/**
 * An event has a kind when it sets one, and only then; what is only withdrawn needs none. `corrects` and `void`
 * may be left out.
 */
const event: Reader<TypedEvent> = (value) => {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const has = (key: string) => Object.hasOwn(given, key)
  const takesKind = withKind.includes(given.type)
  const isKnown = types.some((type) => type === given.type)
  return object<TypedEvent>({
    on: text,
    recordedAt: text,
    type: oneOf(...types),
    ...((has('kind') ? takesKind || !isKnown : takesKind && given.void !== true) && {
      kind: oneOf('voting', 'supporting'),
    }),
    ...(has('corrects') && { corrects: count }),
    ...(has('void') && { void: flag }),
  })(value)
}

/** What the register says of a member on a day, as it was known at an instant. */
export const membership = computeRule(
  'membership',
  object({ events: list(event), asOf: text, knownAt: text }),
  ({ events, asOf, knownAt }) => {
    const history = events.map(recorded)
    const day = dayAt(['asOf'], asOf)
    const { status, kind, mayVote } = membershipKnownAt(day, instantAt(['knownAt'], knownAt), history)
    return { status, kind, mayVote }
  },
)

function recorded(typed: TypedEvent, index: number): Recorded<MembershipEvent> {
  const at = (key: string): Step[] => ['events', index, key]
  const on = dayAt(at('on'), typed.on)
  const recordedAt = instantAt(at('recordedAt'), typed.recordedAt)
  const { type, kind, corrects = null } = typed
  if (corrects !== null && corrects >= index)
    throw BadInput.at(at('corrects'), `verwacht de index van een eerder feit, gevonden ${corrects}`)
  const fact = typed.void ? null : ({ on, type, ...(kind && { kind }) } as MembershipEvent)
  return { recordedAt, corrects, fact }
}

function dayAt(steps: Step[], typed: string): string {
  if (isDay(typed)) return typed
  throw BadInput.at(steps, `verwacht een dag die bestaat, zoals "2019-12-31", gevonden ${quoted(typed)}`)
}

function instantAt(steps: Step[], typed: string): Instant {
  const instant = parseInstant(typed)
  if (instant) return instant
  const example = '"2019-12-31T12:00:00+01:00"'
  throw BadInput.at(steps, `verwacht een moment met tijdzone, zoals ${example}, gevonden ${quoted(typed)}`)
}
