import { z } from 'zod'
import { centsFromJson, centsToJson, Fraction } from '#kernel'
import { indicatorKinds } from '../rules/indicator-value.js'
import { type AgreementTerms, assertTerms, employers, services, usualTerms } from '../rules/terms.js'

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const cents = z
  .string()
  .regex(/^(0|[1-9]\d*)$/)
  .transform(centsFromJson)

const fraction = z
  .string()
  .regex(/^(0|[1-9]\d*)\/[1-9]\d*$/)
  .transform((text) => Fraction.parse(text))
const days = z.number().int().min(1).max(365)

/** `agreement_versions.terms` as it stands in the database: amounts are strings of cents, ratios are "10/100". */
const termsSchema = z.strictObject({
  wijkbudgetCents: cents,
  explainOver: fraction,
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
  // What follows was not asked of the first agreements: they have what is usual.
  ownMeansShare: fraction.default(usualTerms.ownMeansShare),
  socialReturnShare: fraction.default(usualTerms.socialReturnShare),
  services: z.array(z.enum(services)).default(usualTerms.services),
  employer: z.enum(employers).default(usualTerms.employer),
  reportDueDays: days.nullable().default(usualTerms.reportDueDays),
  noticeMonths: z.number().int().min(1).max(24).default(usualTerms.noticeMonths),
  ladder: z
    .strictObject({
      conversationDays: days,
      recoveryPlanDays: days,
      improvementDays: days,
      answerDays: days,
      mediationDays: days,
    })
    .default(usualTerms.ladder),
  clauses: z
    .array(z.strictObject({ id, heading: z.string().trim().min(1).max(120), text: z.string().max(20_000) }))
    .default(usualTerms.clauses),
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
    ownMeansShare: terms.ownMeansShare.toString(),
    socialReturnShare: terms.socialReturnShare.toString(),
    lines: terms.lines.map((line) => ({ ...line, budgetCents: centsToJson(line.budgetCents) })),
  }
}
