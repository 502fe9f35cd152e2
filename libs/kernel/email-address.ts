const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/

/** Whether the text can be an e-mail address of someone: a name, an @ and a domain, without spaces or brackets. */
export function isEmailAddress(text: string): boolean {
  return EMAIL.test(text)
}
