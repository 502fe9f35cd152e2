import { type Language, longDay, type Text } from '#platform'
import type { CheckedItem } from './rules/year-close.js'

/** An item of a year's close in words: what it is, and why it is met or not. @param text of `risk-margin` */
export function closeWords(
  text: Text,
  lang: Language,
  { item, why }: CheckedItem,
): { name: string; why: string } {
  const { day } = why.values
  const values = typeof day === 'string' ? { ...why.values, day: longDay(lang, day) } : why.values
  return { name: text(`close.items.${item}`), why: text(`close.why.${why.key}`, values) }
}
