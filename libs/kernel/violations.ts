/**
 * One broken rule. `code` is stable (`poll.closed`) and is the key of its text in the message catalogues;
 * `path` names the field it concerns (`shares[3].cents`); `params` fill the text.
 */
export type Violation = { code: string; path?: string; params?: Record<string, string> }

/** Thrown when one or more rules are broken; carries all of them, never an empty list. */
export class RuleViolated extends Error {
  readonly violations: readonly Violation[]

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ code, path }) => (path ? `${code} (${path})` : code)).join(', '))
    this.name = 'RuleViolated'
    this.violations = violations
  }

  /** The error for a single violation. */
  static of(code: string, params?: Record<string, string>, path?: string): RuleViolated {
    const violation: Violation = { code }
    if (path !== undefined) violation.path = path
    if (params !== undefined) violation.params = params
    return new RuleViolated([violation])
  }

  /** Throws when the list holds anything; does nothing on an empty list. */
  static throwIfAny(violations: readonly Violation[]): void {
    if (violations.length > 0) throw new RuleViolated(violations)
  }
}
