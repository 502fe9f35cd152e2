import { AccountingDistrict, District, Neighbourhood } from '#areas'
import type { Tx } from '#platform'

/** The administrative wijken with the distribution key (amounts of 2018 in euros serve as weights). */
export const accountingDistricts = [
  ['zuid-oost', 'Zuid/Oost', 850_867n],
  ['zuidwest-binnenstad', 'Zuidwest/Binnenstad', 1_176_199n],
  ['noordoost-overvecht', 'Noordoost/Overvecht', 1_385_748n],
  ['noordwest-west', 'Noordwest/West', 1_397_005n],
  ['leidsche-rijn', 'Leidsche Rijn', 903_964n],
  ['vleuten-de-meern', 'Vleuten-De Meern', 581_038n],
] as const

/** The wijken, in which administrative wijk each lies, and its buurten (application 2018, § 6.5, indicative). */
const districts = [
  ['West', 'noordwest-west', ['Oog en Al', 'Lombok/Leidseweg, Nieuw Engeland en Schepenbuurt']],
  ['Noordwest', 'noordwest-west', ['Ondiep, 2e Daalsebuurt en Pijlsweerd', 'Zuilen']],
  ['Overvecht', 'noordoost-overvecht', ['Overvecht Zuid', 'Overvecht Noord']],
  [
    'Noordoost',
    'noordoost-overvecht',
    ['Votulast', 'Tuindorp', 'Voordorp', 'Wittevrouwen en Zeeheldenbuurt'],
  ],
  ['Oost', 'zuid-oost', ['Oost (Abstede, Gansstraat, Oudwijk, Buiten Wittevrouwen)', 'Uithof']],
  ['Binnenstad', 'zuidwest-binnenstad', ['Binnenstad']],
  ['Zuid', 'zuid-oost', ['Lunetten', 'Hoograven, Tolsteeg en Bokkenbuurt']],
  ['Zuidwest', 'zuidwest-binnenstad', ['Dichterswijk en Rivierenwijk', 'Kanaleneiland en Transwijk']],
  [
    'Leidsche Rijn',
    'leidsche-rijn',
    ['Terwijde, Het Zand (en De Wetering)', 'Parkwijk, Langerak en Leidsche Rijn Centrum (en LR-zuid)'],
  ],
  [
    'Vleuten - De Meern',
    'vleuten-de-meern',
    ['Dorpskern Vleuten met Haarzuilens', 'Dorpskern De Meern', 'Veldhuizen en Vleuterweide'],
  ],
] as const

/** Where the agreements of the demo lie: administrative wijken by short name, buurten by wijk. */
export interface LoadedAreas {
  accountingDistricts: ReadonlyMap<string, string>
  /** The ids of the buurten of an administrative wijk, in order. */
  neighbourhoods: ReadonlyMap<string, readonly string[]>
}

/** Enters the areas. */
export async function loadAreas(tx: Tx, nextId: () => string): Promise<LoadedAreas> {
  const ids = new Map<string, string>()
  for (const [index, [slug, name, weight]] of accountingDistricts.entries()) {
    ids.set(slug, nextId())
    await tx
      .getRepository(AccountingDistrict)
      .insert({ id: ids.get(slug)!, slug, name, weight, position: index + 1 })
  }
  let neighbourhoodNumber = 0
  const within = new Map<string, string[]>()
  for (const [index, [name, slug, neighbourhoods]] of districts.entries()) {
    const districtId = nextId()
    await tx
      .getRepository(District)
      .insert({ id: districtId, number: index + 1, name, accountingDistrictId: ids.get(slug)! })
    for (const neighbourhood of neighbourhoods) {
      const id = nextId()
      await tx
        .getRepository(Neighbourhood)
        .insert({ id, number: ++neighbourhoodNumber, name: neighbourhood, districtId })
      within.set(slug, [...(within.get(slug) ?? []), id])
    }
  }
  return { accountingDistricts: ids, neighbourhoods: within }
}
