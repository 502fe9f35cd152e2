import { Inject, Injectable } from '@nestjs/common'
import { formatCents, isDay, tryParseCents, type Violation } from '#kernel'
import { type FieldError, formErrors, type Language, longDay, Messages, type ShownError } from '#platform'
import { type Draft, entriesOf, sectionOf } from '../rules/draft.js'
import { readShare, shownShare } from '../rules/typed-values.js'

/** The words of one language, as the pages of agreements say them. */
export type Text = (key: string, values?: Record<string, unknown>) => string

/** The texts of the pages. */
@Injectable()
export class AgreementWords {
  constructor(@Inject(Messages) private readonly messages: Messages) {}

  in(lang: Language): Text {
    return (key, values) => this.messages.text(lang, `agreements.${key}`, values)
  }

  errors(lang: Language, errors: readonly (FieldError | Violation)[]): ShownError[] {
    return formErrors(this.messages, lang, errors)
  }
}

/** A day as it is read; what is no day stands as it was typed. */
export const shownDay = (lang: Language, typed: string | undefined): string =>
  typed && isDay(typed) ? longDay(lang, typed) : (typed ?? '–')

/** A part of the whole as people read it; what can't be read stands as it was typed. */
export function shownPart(typed: string | undefined): string {
  const share = readShare(typed ?? '')
  return share ? `${shownShare(share)}%` : (typed ?? '–')
}

/** A typed amount as people read it; what is no amount stands as it was typed. */
export function shownAmount(typed: string | undefined): string {
  const cents = tryParseCents(typed ?? '')
  return cents === null ? (typed ?? '–') : formatCents(cents)
}

/** A typed number of days or months as people read it; what is no number stands as it was typed. */
export function shownCount(text: Text, key: 'dayCount' | 'monthCount', typed: string | undefined): string {
  return typed && /^\d{1,6}$/.test(typed.trim()) ? text(key, { count: Number(typed) }) : (typed ?? '–')
}

/** A choice in words; what is none stands as it was typed. */
export function shownChoice(text: Text, key: string, options: readonly string[], typed: string | undefined) {
  return typed && options.includes(typed) ? text(`${key}.${typed}`) : (typed ?? '–')
}

/** The name of a field as the form calls it: "Post 3 (Huisvesting): bedrag". */
export function fieldLabel(
  text: Text,
  field: string,
  draft: Draft,
  names: ReadonlyMap<string, string>,
): string {
  const [prefix = '', index = '', part = ''] = field.split('.')
  if (prefix === 'buurt') return text('field.buurt', { name: names.get(index) ?? '' })
  if (prefix === 'service') return text(`services.${index}`)
  if (prefix === 'ladder') return text(`days.${index}`)
  if (prefix === 'lines' || prefix === 'indicators' || prefix === 'clauses') {
    const entry = entriesOf(draft, prefix).find((one) => String(one.index) === index)
    const name = entry?.fields.label ?? entry?.fields.heading ?? '–'
    return text(`field.${prefix}`, { number: Number(index) + 1, name, part: text(`part.${part}`) })
  }
  return sectionOf(field) ? text(`field.${field}`) : field
}

/** The clauses of a draft in full, as they are read. */
export function clausesOf(draft: Draft): { id: string; heading: string; text: string }[] {
  return entriesOf(draft, 'clauses').map(({ fields }) => ({
    id: fields.id ?? '',
    heading: fields.heading ?? '',
    text: fields.text ?? '',
  }))
}
