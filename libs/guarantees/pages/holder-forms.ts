import { z } from 'zod'
import { isDay } from '#kernel'
import { requiredText } from '#platform'
import { amount, hiddenId } from './amount-field.js'

const agreed = z.literal('ja', { error: 'guarantee.agreeFirst' })

/** A delegate lowers the guarantee. */
export const decreaseForm = z
  .object({ verlaging: amount, akkoordVerlaging: agreed, verzoek: hiddenId })
  .transform(({ verlaging, verzoek }) => ({ cents: verlaging, requestKey: verzoek }))

/** The cooperative decides to release a holder. */
export const releaseForm = z
  .object({
    ...{ ontslag: amount, ontslagBesluit: requiredText(300), ontslagReden: requiredText(1000) },
    verzoek: hiddenId,
  })
  .transform(({ ontslag, ontslagBesluit, ontslagReden, verzoek }) => ({
    ...{ cents: ontslag, document: ontslagBesluit, reason: ontslagReden, requestKey: verzoek },
  }))

/** The controller records money that came in. */
export const depositForm = z
  .object({
    storting: amount,
    stortingDag: z.string({ error: 'form.required' }).refine(isDay, 'guarantee.malformedDay'),
    stortingDocument: requiredText(300),
    verzoek: hiddenId,
  })
  .transform(({ storting, stortingDag, stortingDocument, verzoek }) => ({
    ...{ cents: storting, onDay: stortingDag, document: stortingDocument, requestKey: verzoek },
  }))

/** The cooperative pays money back. */
export const refundForm = z
  .object({ terug: amount, terugBesluit: requiredText(300), verzoek: hiddenId })
  .transform(({ terug, terugBesluit, verzoek }) => ({
    ...{ cents: terug, document: terugBesluit, requestKey: verzoek },
  }))
