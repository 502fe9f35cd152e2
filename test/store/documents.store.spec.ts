import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Block, Documents, type PaperDocument } from '#documents'
import { Messages } from '#platform'

const documents = new Documents({ cooperativeName: 'Samen030' }, new Messages())
const paper = (blocks: Block[]): PaperDocument => ({
  title: 'Alles over Wijkcoöperatie Oost',
  subtitle: 'Lid 7',
  lang: 'nl',
  footer: 'Gemaakt op 15 februari 2020',
  madeAt: new Date('2020-02-15T11:00:00Z'),
  blocks,
})

/** The text of each page, with single spaces. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
  return text.map((page) => page.replace(/\s+/g, ' '))
}

describe('a paper', () => {
  let pdf: Buffer
  beforeAll(async () => {
    pdf = await documents.pdf(
      paper([
        { kind: 'heading', text: 'Het lidmaatschap' },
        { kind: 'paragraph', text: 'Dit is een lange zin die over de regel heen gaat. '.repeat(4) },
        { kind: 'facts', facts: [{ label: 'Adres', value: 'Dorpsstraat 1' }] },
        {
          kind: 'table',
          caption: 'De garantie',
          columns: [{ label: 'Dag' }, { label: 'Bedrag', align: 'end' }],
          rows: [['1 januari 2019', '€\u00a06.000,00']],
          totals: ['Samen', '€\u00a06.000,00'],
        },
        { kind: 'list', items: ['eerste', 'tweede'] },
        { kind: 'note', heading: 'Let op', text: 'De boeken blijven.' },
        { kind: 'signatures', signatories: [{ name: 'A. Jansen', role: 'voorzitter' }] },
        { kind: 'pageBreak' },
        { kind: 'paragraph', text: 'Op de tweede pagina.' },
      ]),
    )
  })

  it('says what it says in the order in which it is read', async () => {
    const [first, second] = await pagesOf(pdf)
    const parts = [
      'Alles over',
      'Lid 7',
      'Het lidmaatschap',
      'over de regel heen gaat. Dit is',
      'Adres Dorpsstraat 1',
    ]
    const more = [
      'De garantie',
      'Dag Bedrag',
      '1 januari 2019 € 6.000,00',
      'Samen € 6.000,00',
      '• eerste',
      'Let op',
    ]
    const places = [...parts, ...more, 'A. Jansen voorzitter'].map((part) => first!.indexOf(part))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect(first).toContain('Pagina 1 van 2')
    expect(second).toMatch(/Op de tweede pagina.*Gemaakt op 15 februari 2020 Pagina 2 van 2/)
  })

  it('shows a code as a picture with its purpose, and the text beside it', async () => {
    const rows = [
      [true, false],
      [false, true],
    ]
    const made = await documents.pdf(
      paper([{ kind: 'code', rows, alt: 'Code voor de deur', text: 'Scan deze code.' }]),
    )
    const [page] = await pagesOf(made)
    expect(page).toContain('Scan deze code.')
    const tree = JSON.stringify(
      await (await (await getDocumentProxy(new Uint8Array(made))).getPage(1)).getStructTree(),
    )
    expect(tree).toContain('"alt":"Code voor de deur"')
    expect(tree).toContain('"role":"Figure"')
  })

  it('is tagged, has a language, a title, bookmarks, and only fonts of its own', async () => {
    const proxy = await getDocumentProxy(new Uint8Array(pdf))
    const { info } = (await proxy.getMetadata()) as { info: Record<string, unknown> }
    expect(info).toMatchObject({ Title: 'Alles over Wijkcoöperatie Oost', Language: 'nl-NL' })
    expect(await proxy.getMarkInfo()).toMatchObject({ Marked: true })
    const [top] = await proxy.getOutline()
    expect(top).toMatchObject({ title: 'Alles over Wijkcoöperatie Oost' })
    expect(top!.items.map((item: { title: string }) => item.title)).toEqual(['Het lidmaatschap'])
    const roles = JSON.stringify(await (await proxy.getPage(1)).getStructTree())
    for (const role of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'Lbl', 'LBody'])
      expect(roles).toContain(`"role":"${role}"`)
    const bytes = pdf.toString('latin1')
    expect(bytes).toContain('/Scope /Column')
    expect(bytes).toContain('/Scope /Row')
    expect(bytes).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(
      [...bytes.matchAll(/\/BaseFont \/(\S+)/g)].every(([, name]) => name!.includes('SourceSans3')),
    ).toBe(true)
  })

  it('is the same file when it is made again', async () => {
    const again = [paper([]), paper([])].map((one) => documents.pdf(one))
    const [one, other] = await Promise.all(again)
    expect(one!.equals(other!)).toBe(true)
  })
})

describe('what does not fit', () => {
  const table = (rows: string[][]): Block => ({
    kind: 'table',
    columns: [{ label: 'Nr' }, { label: 'Wat' }, { label: 'Bedrag', align: 'end' }],
    rows,
  })

  it('goes on over the pages: a thousand rows, each once, the head on every page', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [`nr${i}.`, 'Inleg', '€\u00a01,00'])
    const pages = await pagesOf(await documents.pdf(paper([table(rows)])))
    const found = pages.flatMap((page) =>
      [...page.matchAll(/nr(\d+)\./g)].map(([, number]) => Number(number)),
    )
    expect(found).toEqual(rows.map((_, i) => i))
    expect(pages.every((page) => page.includes('Nr Wat Bedrag'))).toBe(true)
  })

  it('is broken: a word wider than the page, a cell and a note taller than one', async () => {
    const word = 'woord'.repeat(200)
    const pages = await pagesOf(
      await documents.pdf(
        paper([
          { kind: 'heading', text: word },
          table([[word, 'kort', '€\u00a01,00']]),
          table([['1', 'Een lange tekst. '.repeat(800), '']]),
          { kind: 'note', text: 'Een lange noot. '.repeat(800) },
        ]),
      ),
    )
    const all = pages.join(' ')
    expect(all.match(/tekst\./g)).toHaveLength(800)
    expect(all.match(/noot\./g)).toHaveLength(800)
    expect(all.replace(/\s/g, '').split('woord').length).toBeGreaterThanOrEqual(400)
  })
})

describe('odd characters', () => {
  it.each([
    ['Turks', 'Şule Doğan İpek ığ', 'Şule Doğan İpek ığ'],
    ['Pools, Grieks, Russisch, Vietnamees', 'Łukasz Ελένη Наталья Nguyễn', 'Łukasz Ελένη Наталья Nguyễn'],
    ['Arabisch', 'voor العربية na', 'voor'],
    ['emoji', 'voor 👨‍👩‍👧 😀 na', 'na'],
    ['halve tekens en besturing', 'voor \ud800 \u0000\u0007 na', 'na'],
    ['niets', '', 'Alles over'],
  ])('%s', async (_, text, shown) => {
    const blocks: Block[] = [
      { kind: 'heading', text },
      { kind: 'facts', facts: [{ label: text, value: text }] },
    ]
    const pdf = await documents.pdf({ ...paper(blocks), title: `Alles over ${text}`, subtitle: text })
    expect((await pagesOf(pdf)).join(' ')).toContain(shown)
  })
})
