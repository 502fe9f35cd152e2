import { z } from 'zod'
import type { GivenVerdict } from '../reviewing.service.js'

const LONGEST_REASON = 5000

/** The verdict of the serviceteam; that a return needs a reason is a rule of the act itself. */
export const reviewForm = z
  .object({
    oordeel: z.enum(['approved', 'returned'], 'report.verdictMissing'),
    reden: z.string().max(LONGEST_REASON, 'form.tooLong').default(''),
  })
  .transform(
    ({ oordeel, reden }): GivenVerdict => ({
      verdict: oordeel,
      reason: reden.replace(/\r\n?/g, '\n').replaceAll('\0', ''),
    }),
  )
