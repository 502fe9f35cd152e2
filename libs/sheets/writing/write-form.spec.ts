import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readSheets } from '../reading/read-sheets.js'
import { type FormSheet, writeForm } from './write-form.js'

const form: FormSheet[] = [
  {
    name: 'Geld',
    columns: [{ width: 20 }, { width: 12 }, { width: 12, hidden: true }],
    frozenRows: 1,
    rows: [
      { cells: [{ value: 'Post', bold: true }, { value: 'Besteed' }] },
      { cells: [{ value: '=1+1' }, { value: 1250n, kind: 'money', input: true }, { value: 'sleutel' }] },
      { cells: [null, { value: '12,x', kind: 'money', input: true }] },
      { cells: [{ value: 'Samen' }, { value: 1250n, kind: 'money', formula: 'SUM(B2:B3)' }] },
    ],
  },
  {
    name: 'Meer',
    columns: [{ width: 20 }],
    rows: [
      { cells: [{ value: 'ja', input: true, list: ['ja', 'nee'] }] },
      { cells: [{ value: 0.075, kind: 'percentage', input: true }], height: 90 },
      { cells: [{ value: 7.5, kind: 'decimal', input: true }] },
    ],
  },
]

async function parts(): Promise<Map<string, string>> {
  return new Map(
    Object.entries(unzipSync(await writeForm(form))).map(([name, data]) => [name, strFromU8(data)]),
  )
}

describe('a form as a workbook', () => {
  it('is read back, numbers as numbers, with what its formulas come to', async () => {
    const sheets = await readSheets({ name: 'a.xlsx', content: await writeForm(form) })
    const shown = sheets.map(({ name, rows }) => [
      name,
      rows.map((row) =>
        row.map(({ kind, text, percentage }) => `${kind} ${text}${percentage ? ' %' : ''}`.trim()),
      ),
    ])
    expect(shown).toEqual([
      [
        'Geld',
        [
          ['text Post', 'text Besteed'],
          ['text =1+1', 'number 12.5', 'text sleutel'],
          ['empty', 'text 12,x'],
          ['text Samen', 'number 12.5'],
        ],
      ],
      ['Meer', [['text ja'], ['number 0.075 %'], ['number 7.5']]],
    ])
  })

  it('is whole as a package: every part has its type, every relation its part', async () => {
    const all = await parts()
    const types = all.get('[Content_Types].xml')!
    for (const name of all.keys()) {
      const extension = name.split('.').at(-1)
      const known = types.includes(`PartName="/${name}"`) || types.includes(`Extension="${extension}"`)
      expect(known || name === '[Content_Types].xml', name).toBe(true)
    }
    for (const [name, xml] of all) {
      if (!name.endsWith('.rels')) continue
      const base = name.replace(/_rels\/[^/]+$/, '')
      const targets = [...xml.matchAll(/Target="([^"]+)"/g)].map(([, target]) => target!)
      expect(targets.length).toBeGreaterThan(0)
      for (const target of targets)
        expect([...all.keys()]).toContain(
          target.replace(/^\//, '') === target ? base + target : target.slice(1),
        )
    }
  })

  it('can be changed in its input cells only', async () => {
    const all = await parts()
    const styles = [
      ...all
        .get('xl/styles.xml')!
        .split('<cellXfs')[1]!
        .matchAll(/<xf [^>]*\/>|<xf [^>]*>.*?<\/xf>/g),
    ].map(([xf]) => xf.includes('locked="0"'))
    const unlocked = (sheet: string) =>
      [...all.get(sheet)!.matchAll(/<c r="(\w+)"(?: s="(\d+)")?/g)]
        .filter(([, , style]) => styles[Number(style ?? 0)])
        .map(([, cell]) => cell)
    expect(unlocked('xl/worksheets/sheet1.xml')).toEqual(['B2', 'B3'])
    expect(unlocked('xl/worksheets/sheet2.xml')).toEqual(['A1', 'A2', 'A3'])
    for (const sheet of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'])
      expect(all.get(sheet)).toContain('<sheetProtection sheet="1"')
    expect(all.get('xl/workbook.xml')).toContain('<workbookProtection lockStructure="1"/>')
  })

  it('offers lists, adds up by formula and calculates when it is opened', async () => {
    const all = await parts()
    expect(all.get('xl/worksheets/sheet2.xml')).toMatch(/<dataValidation type="list"[^>]*sqref="A1"/)
    expect(all.get('xl/worksheets/sheet2.xml')).toContain('<formula1>&quot;ja,nee&quot;</formula1>')
    expect(all.get('xl/worksheets/sheet1.xml')).toContain('<f>SUM(B2:B3)</f><v>12.5</v>')
    expect(all.get('xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
  })

  it('has the same bytes for the same cells', async () => {
    expect((await writeForm(form)).equals(await writeForm(form))).toBe(true)
  })
})
