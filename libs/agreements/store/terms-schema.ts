import { z } from 'zod'
import { centsFromJson, centsToJson, Fraction } from '#kernel'
import { indicatorKinds } from '../rules/indicator-value.js'
import { type AgreementTerms, assertTerms } from '../rules/terms.js'

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const cents = z
  .string()
  .regex(/^(0|[1-9]\d*)$/)
  .transform(centsFromJson)

/** `agreement_versions.terms` as it stands in the database: amounts are strings of cents, ratios are "10/100". */
const termsSchema = z.strictObject({
  wijkbudgetCents: cents,
  explainOver: z
    .string()
    .regex(/^(0|[1-9]\d*)\/[1-9]\d*$/)
    .transform((text) => Fraction.parse(text)),
  lines: z.array(z.strictObject({ id, label: z.string().trim().min(1).max(120), budgetCents: cents })),
  indicators: z.array(
    z.strictObject({
      id,
      label: z.string().trim().min(1).max(200),
      kind: z.enum(indicatorKinds),
      unit: z.string().max(60).default(''),
      target: z.string(),
      better: z.enum(['higher', 'lower']).default('higher'),
      due: z.enum(['quarter', 'year']),
    }),
  ),
})

/** The terms as JSON carries them. */
export type TermsJson = z.input<typeof termsSchema>

/**
 * Reads the terms of a version.
 * @throws ZodError when the form is wrong, RuleViolated when the content is (lines that do not add up, …)
 */
export function termsFromJson(json: unknown): AgreementTerms {
  const terms = termsSchema.parse(json)
  assertTerms(terms)
  return terms
}

/** Writes the terms for the database; what {@link termsFromJson} reads back. */
export function termsToJson(terms: AgreementTerms): TermsJson {
  return {
    ...terms,
    wijkbudgetCents: centsToJson(terms.wijkbudgetCents),
    explainOver: terms.explainOver.toString(),
    lines: terms.lines.map((line) => ({ ...line, budgetCents: centsToJson(line.budgetCents) })),
  }
}
