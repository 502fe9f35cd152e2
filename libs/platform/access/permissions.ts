import type { Role } from './roles.js'
import type { Visitor } from './visitor.js'

/** The holders of these roles, if they signed in a few minutes ago; written with `freshly()`. */
export interface FreshAccess {
  roles: readonly Role[]
  fresh: true
}

/** Who may use a route: everyone, whoever is signed in, or the holders of these roles (after a fresh sign-in). */
export type Access = 'everyone' | 'signedIn' | readonly Role[] | FreshAccess

/** One line per route: `'GET /alv/:id': 'everyone'`. */
export type PermissionTable = Readonly<Record<`${'GET' | 'POST'} /${string}`, Access>>

/** Declares a module's table of permissions; every route of the module stands in it. */
export function definePermissions<T extends PermissionTable>(table: T): T {
  return table
}

/** All modules' tables together, as `METHOD /path` → access. */
export const PERMISSIONS = Symbol('permissions')
export type Permissions = ReadonlyMap<string, Access>

/**
 * Joins the modules' tables.
 * @throws Error when two modules claim the same route.
 */
export function joinPermissions(...tables: PermissionTable[]): Permissions {
  const joined = new Map<string, Access>()
  for (const table of tables) {
    for (const [route, access] of Object.entries(table)) {
      if (joined.has(route)) throw new Error(`Two modules declare permissions for ${route}`)
      joined.set(route, access)
    }
  }
  return joined
}

/** What the table says of a visitor: go on, sign in first, or no. Whether the sign-in is fresh is the guard's question. */
export function admit(access: Access, visitor: Visitor | null): 'allowed' | 'signInFirst' | 'denied' {
  if (access === 'everyone') return 'allowed'
  if (!visitor) return 'signInFirst'
  if (access === 'signedIn') return 'allowed'
  return visitor.has(...rolesOf(access)) ? 'allowed' : 'denied'
}

function rolesOf(access: readonly Role[] | FreshAccess): readonly Role[] {
  return 'roles' in access ? access.roles : access
}
