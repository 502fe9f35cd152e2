import { isDay } from '#kernel'
import { type FieldError, type Language, longDay } from '#platform'
import type { Act } from '../rules/steps.js'

/** The last part of the address of each act: `/ingrepen/<id>/stap/herstelplan`. */
const slugs: Partial<Record<Act, string>> = {
  planConversation: 'gesprek',
  holdConversation: 'gespreksverslag',
  submitPlan: 'herstelplan',
  acceptPlan: 'aanvaarding',
  returnPlan: 'teruggave',
  rejectPlan: 'afwijzing',
  judgeInsufficient: 'oordeel',
  resumeImprovement: 'verbeterperiode',
  beginGuidance: 'begeleiding',
  proposeTakeover: 'overnamevoorstel',
  confirmTakeover: 'overname',
  refuseTakeover: 'overnameweigering',
  continueIntervention: 'verlenging',
  conclude: 'afsluiting',
  answerNotice: 'antwoord',
  askMediation: 'bemiddeling',
  settle: 'schikking',
  endMediation: 'einde-bemiddeling',
  putToAssembly: 'alv',
  respond: 'reactie',
  extend: 'uitstel',
  resolve: 'oplossing',
  withdraw: 'intrekking',
}

export const slugOf = (act: Act): string => slugs[act] ?? ''

/** The act of an address; null for what is none. */
export function actOf(slug: string): Act | null {
  const found = Object.entries(slugs).find(([, one]) => one === slug)
  return (found?.[0] as Act | undefined) ?? null
}

/** Days in an error as they are read. */
export function withReadableDays(lang: Language, errors: readonly FieldError[]): FieldError[] {
  return errors.map(({ params = {}, ...error }) => ({
    ...error,
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, isDay(value) ? longDay(lang, value) : value]),
    ),
  }))
}
