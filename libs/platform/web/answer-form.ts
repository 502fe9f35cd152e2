import { RuleViolated } from '#kernel'
import { type FieldError, typedFields } from './forms.js'
import type { Page, SeeOther } from './page.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface RefusedForm {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/**
 * Does what a form asks. A refusal comes back in the form, beside the field that it names, or the one given for those
 * that name none; without either it is a page of its own.
 */
export async function answerForm(
  body: unknown,
  again: (refused: RefusedForm) => Promise<Page>,
  work: () => Promise<Page | SeeOther>,
  otherwise?: string,
): Promise<Page | SeeOther> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const errors = error.violations.map(({ path, code, params }) => {
      const field = path ?? otherwise
      if (field === undefined) throw error
      return { field, code, params }
    })
    return again({ typed: typedFields(body), errors })
  }
}
