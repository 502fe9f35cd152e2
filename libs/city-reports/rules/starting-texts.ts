import { formatCents } from '#kernel'
import type { CityFigures } from './city-figures.js'
import { roundedText } from './exact.js'
import type { Period } from './period.js'
import { fieldOfRemark, fieldOfSection, type Texts } from './report-texts.js'

/**
 * What the figures say by themselves, as a first draft that people edit. In Dutch, as every text of the cooperative.
 * Of a wijk without a report it says that it is missing: that is not zero.
 */
export function startingTexts({ kind, year }: Period, figures: CityFigures): Texts {
  const texts: Record<string, string> =
    kind === 'quarter'
      ? {
          [fieldOfSection('mainLines')]: `${whoReported(figures)} ${spentSoFar(figures)}`,
          [fieldOfSection('decisions')]:
            'De ALV bespreekt dit kwartaalbericht per wijk en neemt er kennis van. Er wordt geen besluit gevraagd.',
        }
      : {
          [fieldOfSection('results')]: `${whoReported(figures)} ${reachedSoFar(figures)}`,
          [fieldOfSection('finances')]: spentSoFar(figures).replace('tot nu toe', `in ${year}`),
        }
  if (kind === 'quarter')
    for (const { slug, standing } of figures.areas)
      if (standing === 'missing')
        texts[fieldOfRemark(slug)] = 'De verantwoording ontbreekt. De cijfers van deze wijk tellen niet mee.'
  return texts
}

function whoReported({ counts, areas }: CityFigures): string {
  const given = counts.expected - counts.missing
  const missing = areas.filter(({ standing }) => standing === 'missing').map(({ name }) => name)
  const said = `${given} van de ${counts.expected} wijken legden verantwoording af.`
  return missing.length > 0 ? `${said} Nog niet ingeleverd: ${missing.join(', ')}.` : said
}

function spentSoFar({ total }: CityFigures): string {
  const [budget, actual, forecast] = [total.budgetCents, total.actualCents, total.forecastCents].map(
    BigInt,
  ) as [bigint, bigint, bigint]
  if (budget === 0n) return 'Er zijn nog geen cijfers.'
  const share = roundedText({ num: actual * 100n, den: budget }, 1).replace('.', ',')
  return `Samen is tot nu toe ${formatCents(actual)} van ${formatCents(budget)} (${share}%) uitgegeven. De verwachting voor het hele jaar is ${formatCents(forecast)}.`
}

function reachedSoFar({ indicators }: CityFigures): string {
  const given = indicators.reduce((sum, { given }) => sum + given, 0)
  const reached = indicators.reduce((sum, { reached }) => sum + reached, 0)
  return `Zij haalden ${reached} van ${given} streefwaarden.`
}
