/**
 * What was sent, as a form can hold it: a record of texts, whatever the content type was. NUL is left out
 * (PostgreSQL refuses it in text) and half characters become U+FFFD (JSON may carry them, UTF-8 can't).
 */
export function plainBody(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {}
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [plain(name), plainValue(value)]))
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue)
  return typeof value === 'string' ? plain(value) : value
}

function plain(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
}
