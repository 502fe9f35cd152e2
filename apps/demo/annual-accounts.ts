import type { AccountsEntering } from '#annual-accounts'
import type { Documents } from '#documents'
import type { People } from '#identity'
import { type Tx, Upload } from '#platform'

const DRAWN_UP_AT = new Date('2020-02-03T10:00:00+01:00')
const REVIEWED_AT = new Date('2020-02-10T16:00:00+01:00')

/**
 * The accounts of 2019, signed and reviewed: they wait for an assembly. Papers without figures, since none of that
 * year are public.
 */
export async function loadAnnualAccounts(
  tx: Tx,
  { accounts, documents, people }: { accounts: AccountsEntering; documents: Documents; people: People },
  officers: ReadonlyMap<string, string>,
): Promise<void> {
  const director = officers.get('bestuurder')!
  const second = (await people.withAddress('lid-30@example.org', tx))!
  const first = officers.get('kascommissie')!
  const names = await people.named([director, first, second.id], tx)
  const signer = (personId: string) => ({ personId, name: names.get(personId)!.name })
  const paper = async (name: string, title: string, text: string, madeAt: Date) => {
    const blocks = [{ kind: 'paragraph' as const, text }]
    return new Upload(name, await documents.pdf({ title, lang: 'nl', madeAt, blocks }))
  }
  await accounts.enter(tx, {
    ...{ year: 2019, drawnUpAt: DRAWN_UP_AT, drawnUpBy: director, directors: [signer(director)] },
    accounts: await paper(
      'jaarrekening-2019.pdf',
      'Jaarrekening 2019',
      'Dit is een voorbeeld. De cijfers van 2019 staan er niet in: die zijn niet openbaar.',
      DRAWN_UP_AT,
    ),
    report: await paper(
      'verslag-kascommissie-2019.pdf',
      'Verslag van de kascommissie over 2019',
      'Wij hebben de jaarrekening 2019 gecontroleerd. Wij adviseren de ALV om de jaarrekening vast te stellen.',
      REVIEWED_AT,
    ),
    ...{ reviewedAt: REVIEWED_AT, reviewers: [signer(first), signer(second.id)] },
  })
}
