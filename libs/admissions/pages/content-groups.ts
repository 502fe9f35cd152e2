import type { Areas } from '#areas'
import { formatCents, tryParseCents } from '#kernel'
import type { Language, Messages } from '#platform'
import { type ContentTerms, isSoleTrader, kindOf } from '../rules/application-content.js'
import type { EvidenceFile } from '../rules/evidence.js'
import type { Draft, FilledStep } from '../rules/steps.js'
import { filesInLine } from './evidence-items.js'

/** One step of an application as a list of what was filled in; with a way back to it where that is possible. */
export interface ContentGroup {
  heading: string
  editHref: string | null
  items: { label: string; value: string; note?: string | null }[]
}

/** An application in the words of the page: for the applicant before sending, and for who assesses it. */
export async function contentGroups(
  messages: Messages,
  lang: Language,
  { draft, evidence }: { draft: Draft; evidence: readonly EvidenceFile[] },
  terms: ContentTerms,
  areas: Areas,
  base: string | null,
): Promise<ContentGroup[]> {
  const text = (key: string) => messages.text(lang, `admissions.${key}`)
  const nothing = text('nothing')
  const field = (name: string) => ({ label: text(`fields.${name}`), value: draft[name]?.trim() || nothing })
  const named = (group: string, value: string | undefined) =>
    value && messages.has(`admissions.${group}.${value}`) ? text(`${group}.${value}`) : nothing
  const filesNote = (key: string) => {
    const files = evidence.filter(({ criterion }) => criterion === key)
    if (files.length === 0) return null
    return messages.text(lang, 'admissions.evidence.note', { files: filesInLine(messages, lang, files) })
  }
  const kind = kindOf(draft)
  const rooted = (await areas.neighbourhoods()).filter(({ number }) => draft[`buurt.${number}`] === 'ja')
  const guarantee = tryParseCents(draft.garantie?.trim() ?? '')
  const items: Record<FilledStep, ContentGroup['items']> = {
    organisatie: [
      field('naam'),
      { label: text('fields.rechtsvorm'), value: named('legalForms', draft.rechtsvorm) },
      field('kvk'),
      ...(isSoleTrader(draft) ? [] : [field('rsin')]),
      field('straat'),
      field('postcode'),
      field('plaats'),
    ],
    gebied: [
      { label: text('fields.soort'), value: kind ? named('kinds', kind) : nothing },
      { label: text('fields.buurt'), value: rooted.map(({ name }) => name).join('; ') || nothing },
    ],
    contact: [
      field('contactNaam'),
      field('contactEmail'),
      field('contactTelefoon'),
      field('afgevaardigdeNaam'),
      field('afgevaardigdeEmail'),
    ],
    criteria: terms.criteria.map(({ key, text: label }) => ({
      label,
      value: draft[`criterium.${key}`]?.trim() || nothing,
      note: filesNote(key),
    })),
    steun: [
      { label: text('fields.onderschrijft'), value: text(draft.onderschrijft === 'ja' ? 'yes' : 'no') },
      {
        label: text('fields.garantie'),
        value: guarantee === null ? draft.garantie?.trim() || text('noGuarantee') : formatCents(guarantee),
      },
    ],
  }
  return (Object.keys(items) as FilledStep[]).map((step) => ({
    heading: text(`steps.${step}.label`),
    editHref: base && `${base}/${step}`,
    items: items[step],
  }))
}
