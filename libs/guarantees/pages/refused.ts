import { RuleViolated } from '#kernel'
import { type FieldError, type Page, type SeeOther, seeOther, typedFields } from '#platform'

/** A form that was refused: which one, what was typed and what is wrong with it. */
export interface Refused {
  form: string
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/**
 * Does what a form asks. A refusal comes back in the form, at the field that the rules mean; `fields` says which
 * field of the form each of theirs is.
 * @returns to where the work leads, or the page with the form
 */
export async function answerForm(
  { form, body, fields }: { form: string; body: unknown; fields: Readonly<Record<string, string>> },
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<string>,
): Promise<Page | SeeOther> {
  try {
    return seeOther(await work())
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const errors = error.violations.map(({ path, code, params }) => ({
      ...{ field: path ? (fields[path] ?? path) : '', code, params },
    }))
    return again({ form, typed: typedFields(body), errors })
  }
}
