import type { Report } from '#accountability'
import type { Language, Messages } from '#platform'

/** Where the pages of a report live, and what stands above them. */
export function headOf(messages: Messages, lang: Language, { agreement, quarter }: Report) {
  const name = messages.text(lang, 'report-sheets.quarterName', {
    number: String(quarter.number),
    year: String(quarter.year),
  })
  const reportPath = `/verantwoording/${agreement.areaSlug}/${quarter}`
  return {
    reportPath,
    areaName: agreement.areaName,
    quarterName: name,
    pre: messages.text(lang, 'report-sheets.shown.pre', { area: agreement.areaName, quarter: name }),
    crumbs: [
      { href: reportPath, label: `${agreement.areaName}, ${name}` },
      { href: `${reportPath}/invullen`, label: messages.text(lang, 'report-sheets.page.back') },
    ],
  }
}
