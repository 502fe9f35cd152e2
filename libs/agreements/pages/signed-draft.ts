import { readContent } from '../content.js'
import type { Draft } from '../rules/draft.js'
import { writeDraft } from '../rules/write-draft.js'
import type { SignedAgreement } from '../signed-agreements.service.js'

/** A signed version as the fields of a form, by which it is shown and compared; null when there is none. */
export function signedDraft(known: SignedAgreement, number: number): Draft | null {
  const { agreement, versions, neighbourhoods } = known
  const version = agreement.versions.find((one) => one.number === number)
  const content = versions.find((one) => one.number === number)?.content
  if (!version) return null
  const signed = content ? readContent(content) : null
  const text = {
    startsOn: agreement.startsOn,
    endsOn: signed?.endsOn ?? agreement.endsOn,
    holdsFrom: version.holdsFrom,
    neighbourhoodIds: (signed?.neighbourhoods ?? neighbourhoods).map(({ id }) => id),
    terms: version.terms,
  }
  return writeDraft(text, 'inFull')
}
