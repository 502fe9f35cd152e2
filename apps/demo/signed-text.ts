import { agreementContent, termsFromJson, termsToJson } from '#agreements'
import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { DemoAgreement } from './agreements.js'

/** The text that both parties signed on paper, in the form in which texts are signed in Samen, with its hash. */
export async function signedText(
  tx: Tx,
  agreementId: string,
  { slug, name, kind, terms }: DemoAgreement,
  period: { startsOn: Day; endsOn: Day },
): Promise<{ content: string; sha256: string }> {
  const [row] = await tx.query(
    `SELECT jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'participants', coalesce((
         SELECT jsonb_agg(d.name ORDER BY m.number) FROM counterparty_participants p
         JOIN members m ON m.id = p.member_id JOIN member_details d ON d.member_id = m.id
         WHERE p.counterparty_id = c.id), '[]')) AS counterparty,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name) ORDER BY n.number)
         FROM agreement_neighbourhoods an JOIN neighbourhoods n ON n.id = an.neighbourhood_id
         WHERE an.agreement_id = a.id), '[]') AS neighbourhoods
     FROM agreements a JOIN counterparties c ON c.id = a.counterparty_id WHERE a.id = $1`,
    [agreementId],
  )
  const { counterparty, neighbourhoods } = row
  return agreementContent({
    ...{ kind, area: { slug, name }, number: 1, cooperative: 'SAMEN030', counterparty, neighbourhoods },
    ...{ ...period, holdsFrom: period.startsOn },
    terms: termsToJson(termsFromJson(terms)),
  })
}
