/** The assignments that hold on a day, as `FROM … WHERE …`. @param day an SQL expression. */
export function heldOn(day: string): string {
  return `FROM role_assignments a
    LEFT JOIN role_endings e ON e.assignment_id = a.id
    WHERE a.holds_from <= ${day} AND (e.ends_on IS NULL OR e.ends_on > ${day})`
}

/** A JSON list of the roles that a person holds on a day. @param person, day SQL expressions. */
export function rolesOn(person: string, day: string): string {
  return `coalesce((
    SELECT json_agg(json_build_object('role', a.role, 'scopeId', a.scope_id) ORDER BY a.id)
    ${heldOn(day)} AND a.person_id = ${person}), '[]')`
}
