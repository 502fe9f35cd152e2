import { isDue, type ReportTemplate } from '#accountability'
import type { Text } from '../words.js'
import { kindOfIndicator } from './layout.js'
import { dutchText } from './values.js'

type Indicator = ReportTemplate['indicators'][number]

/** What was promised: "300", "75%", "12 van 20". */
export function targetOf({ kind, target }: Indicator, text: Text): string {
  return text(`target.${kind}`, { target: dutchText(kindOfIndicator(kind), target) })
}

/** What is filled in: "mensen. Een heel getal." */
export function hintOf({ kind, unit, due }: Indicator, text: Text): string {
  const hint = text(`kind.${kind}`, { unit })
  return isDue({ due }, 1) ? hint : text('yearly', { hint })
}
