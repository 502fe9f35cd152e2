import { RuleViolated } from '#kernel'
import { type FieldError, typedFields } from './forms.js'
import { type Page, type SeeOther, seeOther } from './page.js'

/** A form that was refused: what was typed and what is wrong with it. */
export interface RefusedForm {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** Which field a refusal belongs to that names none: always this one, or one that depends on the code. */
export type FieldOfRefusal = string | ((code: string) => string | undefined)

/** A refusal of an upload (`file.…`) belongs to the field of the file. */
export const filesTo =
  (field: string | undefined): FieldOfRefusal =>
  (code) =>
    code.startsWith('file.') ? field : undefined

/**
 * Does what a form asks. A refusal comes back in the form, beside the field that it names, or the one given for those
 * that name none; without either it is a page of its own.
 */
export async function answerForm(
  body: unknown,
  again: (refused: RefusedForm) => Promise<Page>,
  work: () => Promise<Page | SeeOther>,
  otherwise?: FieldOfRefusal,
): Promise<Page | SeeOther> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    const errors = error.violations.map(({ path, code, params }) => {
      const field = path ?? (typeof otherwise === 'function' ? otherwise(code) : otherwise)
      if (field === undefined) throw error
      return { field, code, params }
    })
    return again({ typed: typedFields(body), errors })
  }
}

/** The work of a form that leads to `path` when it is done. */
export const thenTo = (path: string, work: () => Promise<unknown>) => async (): Promise<SeeOther> => {
  await work()
  return seeOther(path)
}
