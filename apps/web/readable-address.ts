import { isOwnPath } from '#platform'

/** An address that no route has: what can't be read ends on the page for what is not there. */
const NOWHERE = '/onleesbaar-adres'

/** The longest piece between two slashes; ours are ids, years and short names. */
export const LONGEST_SEGMENT = 200

/**
 * The address to route a request by. Broken percent signs, NUL (which PostgreSQL refuses in text) and endless
 * pieces would otherwise be answered by the router in JSON, or fail deep inside.
 */
export function readableAddress(url = '/'): string {
  const path = url.split('?', 1)[0]!
  return isOwnPath(path) && !url.includes('%00') && canBeRead(path) ? url : NOWHERE
}

function canBeRead(path: string): boolean {
  try {
    return path.split('/').every((segment) => decodeURIComponent(segment).length <= LONGEST_SEGMENT)
  } catch {
    return false
  }
}
