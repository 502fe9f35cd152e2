import { describe, expect, it } from 'vitest'
import { type Counts, type ImportStep, importState, mayConfirm, sensitiveRows } from './import-state.js'

const counts = (some: Partial<Counts>): Counts => ({ new: 0, changed: 0, same: 0, wrong: 0, ...some })
const step = (type: ImportStep['type'], planHash = 'a', by = 'anna', corrected = false): ImportStep => ({
  ...{ type, planHash, by, corrected },
})
const preview = step('previewed')

describe('where an import stands', () => {
  it.each<[string, ImportStep[], Partial<Counts>, number]>([
    ['mending', [preview], { wrong: 1, changed: 3 }, 0],
    ['nothingToDo', [preview], { same: 4 }, 0],
    ['ready', [preview], { changed: 1 }, 0],
    ['ready', [preview], { new: 1 }, 0],
    ['awaitingConfirmation', [preview], { changed: 1 }, 1],
    ['ready', [preview, step('confirmed', 'a', 'bob')], { changed: 1 }, 1],
    [
      'awaitingConfirmation',
      [preview, step('confirmed', 'a', 'bob'), step('previewed', 'b')],
      { changed: 1 },
      1,
    ],
    [
      'ready',
      [preview, step('confirmed', 'a'), step('previewed', 'b'), step('previewed', 'a')],
      { changed: 1 },
      1,
    ],
    ['committed', [preview, step('committed')], { changed: 1 }, 0],
    ['withdrawn', [preview, step('withdrawn')], { wrong: 1 }, 0],
  ])('%s', (state, steps, some, sensitive) => {
    expect(importState(steps, counts(some), sensitive)).toBe(state)
  })
})

describe('four eyes', () => {
  it('who uploaded or corrected does not confirm; who only looked again does', () => {
    const steps = [preview, step('previewed', 'b', 'bob', true), step('previewed', 'c', 'carl')]
    expect(['anna', 'bob', 'carl', 'dora'].map((person) => mayConfirm(steps, person))).toEqual([
      ...[false, false, true, true],
    ])
  })

  it('is asked for name, IBAN and e-mail address of known members', () => {
    const row = { row: 2, memberId: 'm', number: 1, name: 'x', on: null, kind: null }
    const change = (field: 'city' | 'iban') => ({ field, from: null, to: 'x' })
    const rows = [
      { ...row, state: 'changed' as const, changes: [change('city'), change('iban')] },
      { ...row, state: 'changed' as const, changes: [change('city')] },
      { ...row, state: 'new' as const, changes: [change('iban')] },
    ]
    expect(sensitiveRows({ rows }).map(({ changes }) => changes)).toEqual([[change('iban')]])
  })
})
