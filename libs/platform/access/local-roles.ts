import { Injectable } from '@nestjs/common'
import { type HeldRole, Visitor } from './visitor.js'

/** The roles that a visitor has on one page only; `route` as the permission tables name it, without the method. */
export type LocalRoleSource = (
  visitor: Visitor,
  route: string,
  params: Readonly<Record<string, string>>,
) => Promise<HeldRole[]>

/**
 * Roles that hold on some pages and not elsewhere, such as the chair's for who stands in during one assembly. A
 * library adds here how to find them; the access guard asks before it looks at the permission table, and the page
 * sees a visitor who has them.
 */
@Injectable()
export class LocalRoles {
  private readonly sources: LocalRoleSource[] = []

  add(source: LocalRoleSource): void {
    this.sources.push(source)
  }

  /** The visitor as this page sees them. */
  async on(visitor: Visitor, route: string, params: Readonly<Record<string, string>>): Promise<Visitor> {
    const found: HeldRole[] = []
    for (const source of this.sources) found.push(...(await source(visitor, route, params)))
    if (found.length === 0) return visitor
    return new Visitor(visitor.personId, visitor.name, visitor.email, [...visitor.roles, ...found])
  }
}
