import type { LedgerVerdict } from '#ledger'
import type { Messages } from '#platform'
import type { Verification } from './verify/proof-zip.js'

/** What a check of the ledger found, in words. */
export function ledgerReport(verdict: LedgerVerdict, messages: Messages): Verification {
  const { entries, postings, seals, lastSha256, unsealed, erased, findings, found } = verdict
  const sound = found === 0
  const inWords = ({ code, params }: LedgerVerdict['findings'][number]) =>
    messages.text('nl', `ledger.check.findings.${code}`, params)
  const rest = found - findings.length
  return {
    lines: [
      `Grootboek: ${entries} boekingen met ${postings} regels, onder ${seals} zegels.`,
      ...(unsealed > 0n ? [`Nog niet verzegeld: ${unsealed} boekingen; ook die zijn opgeteld.`] : []),
      ...(erased > 0n
        ? [`Van ${erased} boekingen zijn de teksten gewist; de bedragen zijn nagerekend.`]
        : []),
      ...findings.map((finding) => `NIET IN ORDE: ${inWords(finding)}`),
      ...(rest > 0 ? [`En nog ${rest} andere.`] : []),
      ...(lastSha256 ? [`Laatste zegel: ${lastSha256}`] : []),
      sound ? 'Het grootboek klopt: elke boeking sluit en niets is veranderd.' : 'Het grootboek klopt niet.',
    ],
    sound,
  }
}
