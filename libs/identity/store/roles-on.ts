/**
 * The end of an assignment `a`, as `e.ends_on`: null while it runs on. Of several endings the last recorded
 * counts, so that an end can come sooner, or be taken back.
 */
export const WITH_ENDING = `LEFT JOIN LATERAL (
    SELECT ends_on FROM role_endings WHERE assignment_id = a.id ORDER BY sequence DESC LIMIT 1) e ON true`

/** The assignments that hold on a day, as `FROM … WHERE …`. @param day an SQL expression. */
export function heldOn(day: string): string {
  return `FROM role_assignments a ${WITH_ENDING}
    WHERE a.holds_from <= ${day} AND (e.ends_on IS NULL OR e.ends_on > ${day})`
}

/** A JSON list of the roles that a person holds on a day. @param person, day SQL expressions. */
export function rolesOn(person: string, day: string): string {
  return `coalesce((
    SELECT json_agg(json_build_object('role', a.role, 'scopeId', a.scope_id) ORDER BY a.id)
    ${heldOn(day)} AND a.person_id = ${person}), '[]')`
}
