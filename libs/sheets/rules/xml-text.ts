/** Encodings that Dutch banks and bookkeeping programs write; `ascii` and Latin-1 are read as Windows-1252. */
const KNOWN: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
}

/**
 * The text of an XML file: by its byte order mark, else by the encoding that it names itself, else UTF-8. Null when
 * the bytes are not in that encoding, or when it is one we don't read.
 */
export function decodeXml(content: Uint8Array): string | null {
  const encoding = encodingOf(content)
  if (encoding === null) return null
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content)
  } catch {
    return null
  }
}

function encodingOf(content: Uint8Array): string | null {
  const [first, second, third] = content
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const start = Buffer.from(content.subarray(0, 200)).toString('latin1')
  const named = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)["']/.exec(start)?.[1]
  return named === undefined ? 'utf-8' : (KNOWN[named.toLowerCase()] ?? null)
}

/** Whether a text begins as an XML file does. */
export function looksLikeXml(text: string): boolean {
  return /^\s*<(\?xml\s|[A-Za-z_])/.test(text.slice(0, 1_000)) && !/^\s*<(!doctype )?html/i.test(text)
}

/** Whether a file brings definitions of its own: the way in which a small file becomes a large one. */
export function hasDefinitions(text: string): boolean {
  return /<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)
}
