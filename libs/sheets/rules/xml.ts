/** An element of an XML file. Names come without their prefix; `text` is its own text, trimmed. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  text: string
  children: readonly XmlElement[]
}

/** A whole file: its outermost element and the namespace that this stands in ('' without one). */
export interface XmlDocument {
  root: XmlElement
  namespace: string
}

/** How much a file may hold. Whatever is larger is refused, never cut off. */
export interface XmlLimits {
  bytes: number
  elements: number
  /** Elements inside one another; 64 at the most. */
  depth: number
  /** Characters in one element. */
  textLength: number
  /** Milliseconds that reading may take. */
  time: number
  /** Megabytes that the thread may use in which it is read. */
  memory: number
}

const MEGABYTE = 1024 * 1024

export const defaultXmlLimits: XmlLimits = {
  bytes: 10 * MEGABYTE,
  elements: 300_000,
  depth: 40,
  textLength: 5_000,
  time: 15_000,
  memory: 384,
}

/** The first element that a path of names leads to, or null. */
export function xmlAt(element: XmlElement, ...path: string[]): XmlElement | null {
  let found: XmlElement | undefined = element
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found ?? null
}

/** The elements with a name directly inside another one. */
export function xmlAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The text that a path of names leads to; '' when there is none. */
export function xmlText(element: XmlElement, ...path: string[]): string {
  return xmlAt(element, ...path)?.text ?? ''
}
