import { RuleViolated } from '#kernel'
import { type FieldError, type Page, type SeeOther, seeOther, typedFields } from '#platform'
import type { Refused } from './accounts-pages.js'

/**
 * Does what a form of a year's page asks. A refusal that names a field, or is about the file, comes back in the form; any
 * other is a page of its own.
 */
export async function answerForm(
  year: string,
  body: unknown,
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<void>,
  fileField?: string,
): Promise<Page | SeeOther> {
  try {
    await work()
  } catch (error) {
    const errors = fieldErrors(error, fileField)
    return again({ typed: typedFields(body), errors })
  }
  return seeOther(`/jaarrekening/${year}`)
}

function fieldErrors(error: unknown, fileField?: string): FieldError[] {
  if (!(error instanceof RuleViolated)) throw error
  return error.violations.map(({ path, code, params }) => {
    const field = code.startsWith('file.') ? fileField : path
    if (!field) throw error
    return { field, code, params }
  })
}
