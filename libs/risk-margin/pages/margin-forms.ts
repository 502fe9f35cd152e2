import { z } from 'zod'
import { type Cents, isDay, tryParseCents } from '#kernel'
import { isId, requiredText } from '#platform'
import { paidFrom } from '../rules/margin-entries.js'
import { isCloseItem } from '../rules/year-close.js'

/** The key that makes a second click a repeat. */
export const requestKey = z.string({ error: 'distribution.staleForm' }).refine(isId, 'distribution.staleForm')

const amount = z
  .string({ error: 'form.required' })
  .trim()
  .min(1, 'form.required')
  .transform((typed, context): Cents => {
    const cents = tryParseCents(typed)
    if (cents !== null) return cents
    context.addIssue({ code: 'custom', message: 'margin.malformedAmount' })
    return z.NEVER
  })

const day = z.string({ error: 'form.required' }).refine(isDay, 'margin.malformedDay')
const assembly = z.string({ error: 'yearClose.chooseAssembly' }).refine(isId, 'yearClose.chooseAssembly')

export const useForm = z.object({
  bedrag: amount,
  dag: day,
  reden: requiredText(500),
  document: requiredText(200),
  besluit: z.string().trim().max(100, 'form.tooLong').optional().default(''),
  betaling: z.enum(paidFrom, { error: 'margin.choosePayment' }),
  verzoek: requestKey,
})

export const reversalForm = z.object({ reden: requiredText(500) })

export const waiverForm = z.object({
  onderdeel: z.string({ error: 'yearClose.chooseItem' }).refine(isCloseItem, 'yearClose.chooseItem'),
  vergadering: assembly,
  reden: requiredText(1000),
})

export const objectionForm = z.object({
  lid: z.string({ error: 'objection.chooseMember' }).refine(isId, 'objection.chooseMember'),
  bezwaar: requiredText(1000),
  verzoek: requestKey,
})

export const preInvestmentForm = z.object({
  lid: z.string({ error: 'preInvestment.unknownMember' }).refine(isId, 'preInvestment.unknownMember'),
  soort: z.enum(['money', 'inKind'], { error: 'preInvestment.chooseKind' }),
  bedrag: amount,
  dag: day,
  omschrijving: requiredText(500),
  document: requiredText(200),
  verzoek: requestKey,
})

export const preInvestmentAnswerForm = z.object({
  antwoord: z.enum(['confirmed', 'refused'], { error: 'preInvestment.chooseAnswer' }),
  toelichting: z.string().trim().max(1000, 'form.tooLong').optional().default(''),
})

export const preInvestmentsFirstForm = z.object({
  jaar: z.string({ error: 'form.required' }).regex(/^\d{4}$/, 'form.required'),
  vergadering: assembly,
  reden: requiredText(1000),
})
