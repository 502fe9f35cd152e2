import { answerForm, type Page, type RefusedForm, type SeeOther, seeOther } from '#platform'

/** A form that was refused, and which one of its page. */
export interface Refused extends RefusedForm {
  form: string
}

/**
 * Does what one of the forms of a page asks. A refusal comes back in the form, at the field that the rules mean; `fields`
 * says which field of the form each of theirs is.
 * @returns to where the work leads, or the page with the form
 */
export async function answerOneOf(
  { form, body, fields }: { form: string; body: unknown; fields: Readonly<Record<string, string>> },
  again: (refused: Refused) => Promise<Page>,
  work: () => Promise<string>,
): Promise<Page | SeeOther> {
  return answerForm(
    body,
    ({ typed, errors }) =>
      again({
        form,
        typed,
        errors: errors.map((one) => ({ ...one, field: fields[one.field] ?? one.field })),
      }),
    async () => seeOther(await work()),
    '',
  )
}
