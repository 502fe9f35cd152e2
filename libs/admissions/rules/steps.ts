/** The steps of the application form, as their addresses name them. */
export const steps = ['organisatie', 'gebied', 'contact', 'criteria', 'steun', 'controle'] as const
export type Step = (typeof steps)[number]
/** The steps in which something is filled in; the last one only shows and sends it. */
export type FilledStep = Exclude<Step, 'controle'>

export const filledSteps: readonly FilledStep[] = ['organisatie', 'gebied', 'contact', 'criteria', 'steun']

/** What was typed, field by field, also where it is wrong. */
export type Draft = Readonly<Record<string, string>>

const FIELDS: Record<FilledStep, RegExp> = {
  organisatie: /^(?:naam|rechtsvorm|kvk|rsin|straat|postcode|plaats)$/,
  gebied: /^(?:soort|buurt\.\d{1,3})$/,
  contact: /^(?:contactNaam|contactEmail|contactTelefoon|afgevaardigdeNaam|afgevaardigdeEmail)$/,
  criteria: /^criterium\.[a-z0-9-]{1,60}$/,
  steun: /^(?:onderschrijft|garantie)$/,
}
/** Longer texts are cut off, so that a draft can't be used to store something else. */
const LONGEST = 5000

export function isStep(text: string): text is Step {
  return (steps as readonly string[]).includes(text)
}

/** The step that a field belongs to; null for a field that is not ours. */
export function stepOf(field: string): FilledStep | null {
  return filledSteps.find((step) => FIELDS[step].test(field)) ?? null
}

/** The draft after a step was sent: its fields are replaced, those of the other steps stay. */
export function withStep(draft: Draft, step: FilledStep, sent: Draft): Draft {
  const others = Object.entries(draft).filter(([field]) => stepOf(field) !== step)
  const own = Object.entries(sent).filter(([field]) => stepOf(field) === step)
  return Object.fromEntries([...others, ...own.map(([field, text]) => [field, text.slice(0, LONGEST)])])
}

export function nextStep(step: FilledStep): Step {
  return steps[steps.indexOf(step) + 1] ?? 'controle'
}
