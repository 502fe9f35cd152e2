import { RuleViolated } from '#kernel'
import { type FieldError, type Page, type SeeOther, seeOther, typedFields } from '#platform'

/** A form that was refused. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** Does what a form asks. A refusal that names a field comes back in the form; any other is a page of its own. */
export async function answerForm(
  body: unknown,
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<string>,
): Promise<Page | SeeOther> {
  try {
    return seeOther(await work())
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const errors = error.violations.map(({ path, code, params }) => {
      if (!path) throw error
      return { field: path, code, params }
    })
    return again({ typed: typedFields(body), errors })
  }
}

/** Every text that a form sent under one name: of the boxes that were ticked. */
export function ticked(body: unknown, name: string): string[] {
  const sent = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : []
  return [sent].flat().filter((value): value is string => typeof value === 'string' && value !== '')
}
