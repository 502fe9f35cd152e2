import { folded } from './fold.js'

/** What a cell of an import says something about. `from` is the day from which a change holds. */
export const fields = [
  'number',
  'name',
  'kind',
  'since',
  'legalForm',
  'chamberNumber',
  'rsin',
  'street',
  'postalCode',
  'city',
  'neighbourhoods',
  'iban',
  'contactName',
  'contactEmail',
  'contactPhone',
  'from',
] as const
export type Field = (typeof fields)[number]

/** The fields that are details of a member: what an import changes of a known one. */
export const detailFields = [
  'name',
  'legalForm',
  'chamberNumber',
  'rsin',
  'street',
  'postalCode',
  'city',
  'neighbourhoods',
  'iban',
  'contactName',
  'contactEmail',
  'contactPhone',
] as const satisfies readonly Field[]
export type DetailField = (typeof detailFields)[number]

/** The heads of the columns, as template and export write them. */
export const headers: Record<Field, string> = {
  number: 'Lidnummer',
  name: 'Naam',
  kind: 'Soort',
  since: 'Lid sinds',
  legalForm: 'Rechtsvorm',
  chamberNumber: 'KvK-nummer',
  rsin: 'RSIN',
  street: 'Straat en nummer',
  postalCode: 'Postcode',
  city: 'Plaats',
  neighbourhoods: 'Buurten',
  iban: 'IBAN',
  contactName: 'Contactpersoon',
  contactEmail: 'E-mail contact',
  contactPhone: 'Telefoon contact',
  from: 'Geldt vanaf',
}

/** The head of the column that the list of errors adds. */
export const TO_DO_HEADER = 'Wat te doen'
/** Columns of our own files that an import leaves alone. */
const leftAlone = [TO_DO_HEADER, 'Status', 'Wijk', 'Oprichter'].map(compact)

/** Other heads under which people keep the same. */
const synonyms: Record<Field, readonly string[]> = {
  number: ['lidnr', 'lid nummer', 'nummer', 'nr', 'ledennummer', 'member number'],
  name: [
    'organisatie',
    'naam organisatie',
    'naam van de organisatie',
    'naam lid',
    'statutaire naam',
    'bedrijfsnaam',
    'name',
  ],
  kind: ['soort lid', 'soort lidmaatschap', 'lidsoort', 'type lid', 'lidmaatschap', 'kind'],
  since: ['lid vanaf', 'sinds', 'lid per', 'datum lidmaatschap', 'startdatum lidmaatschap', 'member since'],
  legalForm: ['rechtspersoon', 'juridische vorm', 'legal form'],
  chamberNumber: ['kvk', 'kvk nr', 'nummer kvk', 'kamer van koophandel', 'handelsregisternummer'],
  rsin: ['rsin nummer', 'rsin nr'],
  street: ['straat en huisnummer', 'straat', 'adres', 'straat + nummer', 'bezoekadres', 'address', 'street'],
  postalCode: ['pc', 'postal code'],
  city: ['woonplaats', 'vestigingsplaats', 'plaatsnaam', 'stad', 'city'],
  neighbourhoods: ['buurt', 'buurtnummers', 'werkgebied', 'neighbourhoods'],
  iban: ['iban nummer', 'rekeningnummer', 'bankrekening', 'bankrekeningnummer', 'rekening'],
  contactName: ['contact', 'naam contact', 'naam contactpersoon', 'contact name'],
  contactEmail: [
    'e-mail',
    'e-mailadres',
    'mail',
    'mailadres',
    'e-mail contactpersoon',
    'e-mailadres contact',
    'e-mailadres contactpersoon',
    'contact email',
  ],
  contactPhone: [
    'telefoon',
    'telefoonnummer',
    'tel',
    'mobiel',
    'telefoon contactpersoon',
    'telefoonnummer contact',
    'contact phone',
  ],
  from: ['vanaf', 'geldig vanaf', 'wijziging per', 'ingangsdatum', 'valid from'],
}

const fieldOf = new Map(
  fields.flatMap((field) => [headers[field], ...synonyms[field]].map((head) => [compact(head), field])),
)

/** What the head of a column means, whatever its case, accents and signs: a field, a column of ours, or unknown. */
export function meaningOf(head: string): Field | 'leftAlone' | 'unknown' {
  const key = compact(head)
  return fieldOf.get(key) ?? (leftAlone.includes(key) ? 'leftAlone' : 'unknown')
}

function compact(head: string): string {
  return folded(head).replaceAll(' ', '')
}
