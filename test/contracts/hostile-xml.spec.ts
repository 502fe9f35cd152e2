import { describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { Messages } from '#platform'
import { readXml, xmlAll, xmlAt, xmlText } from '#sheets'

const MEGABYTE = 1024 * 1024

async function outcome(content: Buffer | string, limits = {}): Promise<string> {
  try {
    await readXml({ content: Buffer.from(content) }, limits)
    return 'read'
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations.map(({ code }) => code.replace('xml.', '')).join()
  }
}

const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${'c'.repeat(100)}">]><a>&b;&b;</a>`
const external = `<?xml version="1.0"?><!doctype a SYSTEM "file:///etc/passwd"><a/>`
const utf16 = Buffer.concat([
  Buffer.from([0xff, 0xfe]),
  Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf16le'),
])

describe('an XML file that somebody hands in', () => {
  it.each<[string, Buffer | string, string]>([
    ['an ordinary file', '<?xml version="1.0"?><a><b>1</b></a>', 'read'],
    ['two bytes per character', utf16, 'read'],
    ['nothing', '', 'empty'],
    ['a DOCTYPE that grows', bomb, 'definitions'],
    ['a DOCTYPE that fetches', external, 'definitions'],
    ['a DOCTYPE later on', '<a/>\n<!DOCTYPE a>', 'definitions'],
    ['a DOCTYPE in another encoding', Buffer.from(`\ufeff${bomb}`, 'utf16le'), 'definitions'],
    ['50 MB', Buffer.alloc(50 * MEGABYTE, 'a'), 'tooManyBytes'],
    ['nested a hundred thousand deep', '<a>'.repeat(100_000), 'tooDeep'],
    ['an attribute without an end', `<a b="${'c'.repeat(MEGABYTE)}`, 'notReadable'],
    ['elements crossing', '<a><b></a></b>', 'notReadable'],
    ['cut off', '<a><b>1</b>', 'notReadable'],
    ['two outermost elements', '<a/><b/>', 'notReadable'],
    ['more text than a field has', `<a>${'c'.repeat(6_000)}</a>`, 'textTooLong'],
    ['a web page', '<!doctype html><html></html>', 'definitions'],
    ['a web page without a DOCTYPE', '<html><body>Log in</body></html>', 'notReadable'],
    ['a PDF', '%PDF-1.7', 'notReadable'],
    ['a packed file', 'PK\u0003\u0004', 'zipped'],
    [
      'Latin-1 that says UTF-8',
      Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a>é</a>', 'latin1'),
      'encoding',
    ],
    ['an encoding that nobody writes', '<?xml version="1.0" encoding="EBCDIC-NL"?><a/>', 'encoding'],
    ['only white space', ' \n ', 'notReadable'],
  ])('%s', async (_, content, expected) => expect(await outcome(content)).toBe(expected))

  it('is left as soon as it has too many elements', async () => {
    expect(await outcome(`<a>${'<b/>'.repeat(2_000_000)}</a>`)).toBe('tooManyElements')
  })

  it('cannot stop the others: it has its own memory and time', async () => {
    const many = `<a>${'<b c="d"/>'.repeat(400_000)}</a>`
    expect(await outcome(many, { elements: 1e9, memory: 24 })).toBe('tooLarge')
    expect(await outcome(many, { elements: 1e9, time: 5 })).toBe('tooSlow')
  }, 30_000)

  it('gives names without prefixes, the namespace, texts and entities as they are meant', async () => {
    const content = Buffer.from(
      `<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- > --><x:a xmlns:x="urn:one" k="1 &gt; 0"><x:b> caf\u00e9 &amp; &#233;&#0;<![CDATA[<i>]]> </x:b><x:c/><x:b>2</x:b></x:a>`,
      'latin1',
    )
    const { root, namespace } = await readXml({ content })
    expect([root.name, namespace, root.attributes.k]).toEqual(['a', 'urn:one', '1 > 0'])
    expect(xmlText(root, 'b')).toBe('café & é<i>')
    expect(xmlAll(root, 'b')).toHaveLength(2)
    expect([xmlAt(root, 'c', 'd'), xmlText(root, 'd')]).toEqual([null, ''])
  })

  it('has a text for every reason, in both languages', () => {
    const messages = new Messages()
    const reasons = ['empty', 'tooManyBytes', 'zipped', 'encoding', 'definitions', 'notReadable', 'tooLarge']
    for (const language of ['nl', 'en'] as const) {
      const known = messages.keys(language)
      for (const reason of [...reasons, 'tooSlow', 'tooManyElements', 'tooDeep', 'textTooLong'])
        expect(known).toContain(`sheets.violations.xml.${reason}`)
    }
  })
})
