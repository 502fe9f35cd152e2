import type { Day } from '#kernel'
import type { Text, Visitor } from '#platform'
import { GUARANTEE_STAFF } from '../certificates/guarantee-certificates.service.js'

/** The way from /garanties to means, certificates and statements; only to what this visitor may open. */
export function paperLinks(text: Text, visitor: Visitor, today: Day): { href: string; label: string }[] {
  const year = Number(today.slice(0, 4))
  const links = [{ href: `/garanties/draagkracht/${year}`, label: text('means.title', { year }) }]
  if (visitor.has('delegate', ...GUARANTEE_STAFF))
    links.push(
      { href: '/garanties/certificaten', label: text('certificate.title') },
      { href: `/garanties/jaaroverzicht/${year - 1}`, label: text('statement.title', { year: year - 1 }) },
    )
  return links
}
