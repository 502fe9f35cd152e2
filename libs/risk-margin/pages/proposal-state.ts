import type { Proposal } from '../risk-margin.service.js'

type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** What became of a proposal, as a key of the catalogue and the colour that goes with it. */
export function stateOf({ withdrawal, posting, decision }: Proposal): { key: string; tone: Tone } {
  if (withdrawal) return { key: 'withdrawn', tone: 'neutral' }
  if (posting) return { key: 'paid', tone: 'good' }
  if (!decision) return { key: 'proposed', tone: 'warn' }
  return decision.adopted ? { key: 'adopted', tone: 'good' } : { key: 'rejected', tone: 'bad' }
}
