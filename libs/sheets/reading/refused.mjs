/** A file that is refused, with the code of its text (`sheet.<reason>`). */
export class Refused extends Error {
  constructor(reason, params) {
    super(reason)
    this.code = `sheet.${reason}`
    this.params = params
  }
}

/** The violation for what is too much of something. */
export const tooMany = (what, limit) => new Refused(`tooMany${what}`, { limit: String(limit) })
