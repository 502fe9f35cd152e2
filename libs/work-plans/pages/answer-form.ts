import { RuleViolated } from '#kernel'
import { type FieldError, type Page, type SeeOther, seeOther, typedFields } from '#platform'

/** A form that was refused. */
export interface Refused {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/**
 * Does what a form asks. A refusal that names a field, or is about the file, comes back in the form; any other is a page
 * of its own.
 */
export async function answerForm(
  body: unknown,
  to: string,
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<void>,
  fileField?: string,
): Promise<Page | SeeOther> {
  try {
    await work()
  } catch (error) {
    return again({ typed: typedFields(body), errors: fieldErrors(error, fileField) })
  }
  return seeOther(to)
}

function fieldErrors(error: unknown, fileField?: string): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => {
    const field = code.startsWith('file.') ? fileField : path
    if (!field) throw error
    return { field, code, params }
  })
}
