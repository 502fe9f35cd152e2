import { type LegalForm, type MemberParticulars, readIban, readRsin } from '#members'

/** Where a name tells it: the numbers of the buurten. Of all others the buurt is invented. */
const ROOTED: readonly [RegExp, number[]][] = [
  [/overvecht/i, [5, 6]],
  [/leidsche rijn/i, [18, 19]],
  [/witte vrouwen|wittevrouwen/i, [10]],
  [/oost|abstede|krommerijn/i, [11]],
  [/lunetten/i, [14]],
  [/west/i, [1, 2]],
]
const NEIGHBOURHOODS = 22

const FORMS: readonly [RegExp, LegalForm][] = [
  [/coöperatie/i, 'cooperatie'],
  [/kerk/i, 'kerk'],
  [/club|academie/i, 'vereniging'],
]

/**
 * Particulars of a member of the demo, by its number. The names come from the source; numbers, address, IBAN,
 * contact and most buurten are invented and belong to nobody.
 */
export function demoParticulars(number: number, name: string): MemberParticulars {
  const letter = String.fromCharCode(65 + (number % 26))
  return {
    legalForm: FORMS.find(([form]) => form.test(name))?.[1] ?? 'stichting',
    chamberNumber: String(99_000_000 + number),
    rsin: rsinNear(99_900_000 + number * 10),
    street: `Voorbeeldstraat ${number}`,
    postalCode: `3500 A${letter}`,
    city: 'Utrecht',
    iban: ibanOf(number),
    neighbourhoods: ROOTED.find(([known]) => known.test(name))?.[1] ?? [((number * 7) % NEIGHBOURHOODS) + 1],
    contactName: `Contactpersoon ${name}`,
    contactEmail: `contact-${number}@example.org`,
    contactPhone: null,
  }
}

/** The first RSIN from these eight digits on that passes the 11-proof. */
function rsinNear(eight: number): string {
  for (let candidate = eight; ; candidate++) {
    for (let last = 0; last < 10; last++) {
      const rsin = readRsin(`${String(candidate).padStart(8, '0')}${last}`)
      if (rsin) return rsin
    }
  }
}

/** An IBAN of a bank that does not exist. */
function ibanOf(number: number): string {
  const account = `SAME${String(number).padStart(10, '0')}`
  const ibans = Array.from({ length: 98 }, (_, check) =>
    readIban(`NL${String(check + 2).padStart(2, '0')}${account}`),
  )
  return ibans.find((iban) => iban !== null)!
}
