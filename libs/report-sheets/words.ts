import type { Language, Messages, Text } from '#platform'
import type { InputPlace, LayoutRow } from './workbook/layout.js'

export type { Text } from '#platform'

/** The texts of this library. */
export function textsOf(messages: Messages, lang: Language): Text {
  return messages.under(lang, 'report-sheets')
}

/** What a row is about. */
export function rowLabel(text: Text, { label, key }: Pick<LayoutRow, 'label' | 'key'>): string {
  return label ?? text(`row.${key.replaceAll('.', '-')}`)
}

/** What a cell of a row asks: "Besteed tot nu". */
export function inputLabel(text: Text, { field }: Pick<InputPlace, 'field'>): string {
  return text(`input.${field.slice(field.lastIndexOf('.') + 1)}`)
}

/** A field by its full name: "Personeel, besteed tot nu". */
export function fieldLabel(text: Text, row: LayoutRow, input: InputPlace): string {
  const label = rowLabel(text, row)
  if (row.sheet === 'story' || (row.sheet === 'means' && input.column === 1)) return label
  return text('fieldLabel', { row: label, input: inputLabel(text, input) })
}
