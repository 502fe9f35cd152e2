import type { ShownError } from '#platform'
import type { Negotiation } from '../negotiations.service.js'
import { STATE_TONES } from './overview.controller.js'
import type { Text } from './words.js'

/** A form on the page that was refused. */
export interface Refused {
  errors: ShownError[]
  typed: Record<string, string>
}

export const pathOf = (id: string) => `/afspraken/concepten/${id}`

/** What the pages of one negotiation have in common. */
export function headOf(text: Text, negotiation: Negotiation) {
  const { id, state, areaName, party } = negotiation
  return {
    ...{ base: pathOf(id), id, pre: party.name },
    state: { label: text(`state.${state}`), tone: STATE_TONES[state] },
    negotiationTitle: text('negotiation.title', { area: areaName }),
  }
}
