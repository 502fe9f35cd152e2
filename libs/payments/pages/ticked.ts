/** Every text that a form sent under one name: of the boxes that were ticked. */
export function ticked(body: unknown, name: string): string[] {
  const sent = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : []
  return [sent].flat().filter((value): value is string => typeof value === 'string' && value !== '')
}
