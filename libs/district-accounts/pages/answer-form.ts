import { RuleViolated } from '#kernel'
import { type FieldError, type Page, type SeeOther, typedFields } from '#platform'

/** A form that was refused: what was typed and what is wrong with it. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** Does what a form asks; a refusal comes back in the form, beside the field that it names or the one given. */
export async function answerForm(
  body: unknown,
  field: string,
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<Page | SeeOther>,
): Promise<Page | SeeOther> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const errors = error.violations.map(({ path, code, params }) => ({ field: path ?? field, code, params }))
    return again({ typed: typedFields(body), errors })
  }
}
