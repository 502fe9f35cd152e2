import { OVERVIEW_READERS } from '#guarantees'
import { LEDGER_READERS } from '#ledger'
import { PAYMENT_READERS } from '#payments'
import type { Visitor } from '#platform'

/** The menu: what a passer-by may see, and more after signing in. */
const entries = [
  { href: '/mijn', key: 'web.nav.tasks', signedIn: true },
  { href: '/alv', key: 'web.nav.assemblies', signedIn: true },
  { href: '/besluiten', key: 'web.nav.decisions', signedIn: true },
  { href: '/afspraken', key: 'web.nav.agreements', signedIn: true },
  { href: '/verantwoording', key: 'web.nav.accountability', signedIn: true },
  { href: '/werkplan', key: 'web.nav.workPlans', signedIn: true },
  { href: '/garanties', key: 'web.nav.guarantees', signedIn: true },
  { href: '/risicomarge', key: 'web.nav.riskMargin', signedIn: true },
  { href: '/wijken', key: 'public-results.nav', signedIn: false },
  { href: '/leden', key: 'web.nav.members', signedIn: false },
  { href: '/functies', key: 'web.nav.offices', signedIn: false },
  { href: '/statuten', key: 'web.nav.statutes', signedIn: false },
] as const

export function navigationFor(visitor: Visitor | null, path: string, text: (key: string) => string) {
  const staff = visitor?.has('secretary', 'serviceTeam', 'teamLead', 'director', 'admin')
  const assessors = visitor?.has('serviceTeam', 'director', 'secretary', 'teamLead', 'chair')
  const readsLedger = visitor?.has(...LEDGER_READERS)
  const shown = [
    ...entries.filter((entry) => visitor || !entry.signedIn),
    ...(visitor?.has('delegate', 'contact') ? [{ href: '/organisatie', key: 'web.nav.organisation' }] : []),
    ...(visitor?.has('delegate') ? [{ href: '/lidmaatschap', key: 'web.nav.membership' }] : []),
    ...(visitor?.has('director', 'secretary', 'chair')
      ? [{ href: '/lidmaatschappen', key: 'web.nav.memberships' }]
      : []),
    ...(assessors ? [{ href: '/aanmeldingen', key: 'web.nav.applications' }] : []),
    ...(visitor?.has('serviceTeam', 'director', 'admin')
      ? [{ href: '/wijzigingen', key: 'web.nav.memberChanges' }]
      : []),
    ...(visitor?.has(...OVERVIEW_READERS)
      ? [{ href: '/garanties/overzicht', key: 'risk-overview.navigation' }]
      : []),
    ...(readsLedger || visitor?.has('treasurer', 'coordinator')
      ? [{ href: '/wijkadministratie', key: 'district-accounts.nav' }]
      : []),
    ...(readsLedger ? [{ href: '/grootboek', key: 'web.nav.ledger' }] : []),
    ...(visitor?.has(...PAYMENT_READERS) ? [{ href: '/betalingen', key: 'payments.title' }] : []),
    ...(visitor?.has('controller', 'director', 'chair', 'auditCommittee')
      ? [{ href: '/bank', key: 'bank.title' }]
      : []),
    ...(staff ? [{ href: '/berichten', key: 'web.nav.notices' }] : []),
  ]
  const here = shown.filter(({ href }) => path === href || path.startsWith(`${href}/`))
  // Of two that both lead here the nearest: /garanties/overzicht is not /garanties.
  const nearest = Math.max(...here.map(({ href }) => href.length))
  return shown.map(({ href, key }) => ({
    href,
    label: text(key),
    current: here.some((entry) => entry.href === href) && href.length === nearest,
  }))
}
