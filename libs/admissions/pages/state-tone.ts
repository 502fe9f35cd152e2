import type { ApplicationState } from '../rules/application-state.js'

/** How a state is coloured; the word beside it says the same. */
export function stateTone(state: ApplicationState): 'good' | 'warn' | 'bad' | 'neutral' {
  if (state === 'admitted') return 'good'
  if (state === 'refused') return 'bad'
  return state === 'submitted' || state === 'advised' ? 'warn' : 'neutral'
}
