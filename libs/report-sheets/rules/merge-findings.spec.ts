import { describe, expect, it } from 'vitest'
import { type CellFinding, mergeFindings } from './merge-findings.js'

const finding = (
  cell: string,
  message: string,
  severity: CellFinding['severity'] = 'blocking',
): CellFinding => {
  const [, order = '', column = '', row = ''] = /^(\d)!([A-Z]+)(\d+)$/.exec(cell) ?? []
  return {
    place: { sheet: `Blad${order}`, order: Number(order), column, row: Number(row) },
    message,
    severity,
  }
}
const shown = (findings: CellFinding[]) =>
  mergeFindings(findings).map(
    ({ sheet, severity, message, runs }) =>
      `${sheet} ${severity} ${message}: ${runs.map(({ column, from, to }) => `${column}${from}-${to}`).join(' ')}`,
  )

describe('findings in cells', () => {
  it('stand in the order of tabs, rows and columns', () => {
    expect(
      shown([finding('2!A1', 'd'), finding('1!AA2', 'c'), finding('1!D2', 'b'), finding('1!Z1', 'a')]),
    ).toEqual([
      'Blad1 blocking a: Z1-1',
      'Blad1 blocking b: D2-2',
      'Blad1 blocking c: AA2-2',
      'Blad2 blocking d: A1-1',
    ])
  })

  it('that say the same are one, with their cells in runs', () => {
    const cells = ['1!D9', '1!D5', '1!D7', '1!D6', '1!C6']
    expect(shown(cells.map((cell) => finding(cell, 'a')))).toEqual(['Blad1 blocking a: D5-7 C6-6 D9-9'])
  })

  it('stay apart by tab and by weight', () => {
    expect(shown([finding('1!D5', 'a'), finding('2!D5', 'a'), finding('1!D6', 'a', 'hint')])).toEqual([
      'Blad1 blocking a: D5-5',
      'Blad1 hint a: D6-6',
      'Blad2 blocking a: D5-5',
    ])
  })
})
