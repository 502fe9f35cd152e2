import { RuleViolated } from '#kernel'
import { defaultXmlLimits, type XmlDocument, type XmlLimits } from '../rules/xml.js'
import { decodeXml, hasDefinitions, looksLikeXml } from '../rules/xml-text.js'
import { readInThread } from './thread.js'

/**
 * Reads an XML file as a tree of elements, in a thread of its own and within limits. Values stay text; names come
 * without their prefix. A file with a DOCTYPE or entities of its own is refused.
 * @throws RuleViolated `xml.*`: what is wrong with the file and how to mend it
 */
export async function readXml(
  { content }: { content: Buffer },
  limits: Partial<XmlLimits> = {},
): Promise<XmlDocument> {
  const all = { ...defaultXmlLimits, ...limits }
  if (content.length === 0) throw RuleViolated.of('xml.empty')
  if (content.length > all.bytes)
    throw RuleViolated.of('xml.tooManyBytes', { limit: String(Math.floor(all.bytes / 1024 / 1024)) })
  if (content.subarray(0, 2).toString('latin1') === 'PK') throw RuleViolated.of('xml.zipped')
  const text = decodeXml(content)
  if (text === null) throw RuleViolated.of('xml.encoding')
  if (hasDefinitions(text)) throw RuleViolated.of('xml.definitions')
  if (!looksLikeXml(text)) throw RuleViolated.of('xml.notReadable')
  try {
    return await readInThread<XmlDocument>({ kind: 'xml', text }, all)
  } catch (error) {
    throw error instanceof RuleViolated ? ofXml(error) : error
  }
}

/** The thread speaks of sheets. */
function ofXml({ violations }: RuleViolated): RuleViolated {
  return new RuleViolated(
    violations.map((violation) => ({ ...violation, code: violation.code.replace('sheet.', 'xml.') })),
  )
}
