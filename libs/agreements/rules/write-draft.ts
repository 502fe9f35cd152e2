import { formatCents } from '#kernel'
import type { AgreementText } from './agreement-text.js'
import type { Draft } from './draft.js'
import { addedText } from './model-text.js'
import type { AgreementTerms } from './terms.js'
import { shownShare, shownTarget } from './typed-values.js'

/** An agreed text as a draft to go on from; what `readDraft` reads back as the same text. In full it is to be shown. */
export function writeDraft(text: AgreementText, clauses: 'asTyped' | 'inFull' = 'asTyped'): Draft {
  return {
    startsOn: text.startsOn,
    endsOn: text.endsOn,
    holdsFrom: text.holdsFrom,
    ...Object.fromEntries(text.neighbourhoodIds.map((id) => [`buurt.${id}`, 'ja'])),
    ...termsDraft(text.terms, clauses),
  }
}

/** An amount as it is typed: without the euro sign. */
const typedCents = (cents: bigint) => formatCents(cents).replace(/^€\s*/, '')

/** Terms as the fields of a draft. */
export function termsDraft(terms: AgreementTerms, clauses: 'asTyped' | 'inFull' = 'asTyped'): Draft {
  return withoutEmpty({
    ...Object.fromEntries(terms.services.map((service) => [`service.${service}`, 'ja'])),
    employer: terms.employer,
    wijkbudget: typedCents(terms.wijkbudgetCents),
    ownMeans: shownShare(terms.ownMeansShare),
    socialReturn: shownShare(terms.socialReturnShare),
    explainOver: shownShare(terms.explainOver),
    reportDueDays: terms.reportDueDays === null ? '' : String(terms.reportDueDays),
    noticeMonths: String(terms.noticeMonths),
    ...fieldsOf('ladder', terms.ladder),
    ...entries('lines', terms.lines, ({ id, label, budgetCents }) => ({
      id,
      label,
      budget: typedCents(budgetCents),
    })),
    ...entries('indicators', terms.indicators, (one) => ({
      ...one,
      target: shownTarget(one.kind, one.target),
    })),
    ...entries('clauses', terms.clauses, (one) => ({
      ...one,
      text: clauses === 'inFull' ? one.text : addedText(one.id, one.text),
    })),
  })
}

function entries<T>(list: string, all: readonly T[], fields: (one: T) => object): Record<string, string> {
  return Object.assign({}, ...all.map((one, place) => fieldsOf(`${list}.${place}`, fields(one))))
}

function fieldsOf(prefix: string, values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [`${prefix}.${field}`, String(value)]),
  )
}

/** A draft leaves out what is empty. */
function withoutEmpty(draft: Record<string, string>): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([, text]) => text !== ''))
}
