import type { CityReportWriting, Effects } from '#city-reports'
import { readPeriod } from '#city-reports'
import type { Tx } from '#platform'

/** The effects in the city that the subsidy application names (2018, effect indicators): 2018 → 2021, in percent. */
const effects = [
  ['actief', 'Bewoners die actief zijn in hun buurt', 28, 28],
  ['meedoen', 'Bewoners die weinig of geen moeite hebben om mee te doen', 80, 80],
  ['meedoen-beperking', 'Hetzelfde, van bewoners met een beperking', 65, 70],
  ['vrijwilligers', 'Bewoners die vrijwilligerswerk doen', 39, 39],
  ['ruimte', 'Bewoners die tevreden zijn over de ruimte voor initiatieven', 35, 35],
  ['mantelzorg', 'Bewoners die informele zorg krijgen van vrijwilligers', 17, 19],
  ['overbelast', 'Mantelzorgers die overbelast zijn', 16, 15],
  ['digitaal', 'Bewoners die moeite hebben met digitale toepassingen', 27, 26],
] as const

/** Invented for this example, as all stories are. */
const quarterTexts = {
  'tekst.mainLines':
    'Alle wijken legden verantwoording af over het derde kwartaal. Het werk ligt op koers en de uitgaven blijven binnen de begroting. (Verzonnen voor dit voorbeeld.)',
  'tekst.money':
    'Over de hele stad loopt de besteding gelijk op met het jaar. Wijken die afwijken, leggen dat in hun eigen verantwoording uit.',
  'tekst.results':
    'De meeste doelen zijn binnen bereik. Het bereiken van nieuwe deelnemers blijft in de zomer achter: veel activiteiten lagen stil.',
  'tekst.proportion':
    'Ja. In de wijken waar meer vrijwilligers meedoen, komen er met hetzelfde geld meer activiteiten tot stand.',
  'tekst.decisions':
    'De ALV bespreekt dit kwartaalbericht per wijk en neemt er kennis van. Er wordt geen besluit gevraagd.',
  'wijk.oost':
    'De eerste wijkcoöperatie draait een half jaar op eigen kracht. Een goed voorbeeld voor de andere wijken.',
}

/** The effects, and the report to the ALV on the third quarter of 2019. */
export async function loadCityReports(
  tx: Tx,
  services: { effects: Effects; cityReports: CityReportWriting },
  teamLeadId: string,
): Promise<void> {
  const agreed = { baselineYear: 2018, targetYear: 2021, source: 'Subsidieaanvraag 2018, effectindicatoren' }
  await services.effects.enter(
    tx,
    effects.map(([id, label, then, aim], index) => ({
      ...{ ...agreed, id, label, position: index + 1, baselineTenths: then * 10, targetTenths: aim * 10 },
    })),
  )
  const finalisedAt = new Date('2019-11-07T15:20:00+01:00')
  await services.cityReports.enter(tx, readPeriod('2019-Q3')!, quarterTexts, {
    finalisedAt,
    finalisedBy: teamLeadId,
  })
}
