import type { SectionVerdict } from '../reviewing.service.js'
import { type Section, sections } from '../rules/report-template.js'

const LONGEST = 5000

/** The verdicts that were chosen on the form (`oordeel.<section>` with `vraag.<section>`); what was left open stays so. */
export function sentVerdicts(typed: Readonly<Record<string, string>>): SectionVerdict[] {
  return sections.flatMap((section) => {
    const verdict = typed[`oordeel.${section}`]
    if (verdict !== 'approved' && verdict !== 'returned') return []
    return [{ section, verdict, text: plain(typed[`vraag.${section}`]) }]
  })
}

/** The sections that were ticked to be opened again (`deel.<section>`), and why. */
export function sentReopening(typed: Readonly<Record<string, string>>): {
  sections: Section[]
  reason: string
} {
  return {
    sections: sections.filter((section) => typed[`deel.${section}`] !== undefined),
    reason: plain(typed.reden),
  }
}

function plain(text = ''): string {
  return text.replace(/\r\n?/g, '\n').slice(0, LONGEST)
}
