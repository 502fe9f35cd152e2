import { describe, expect, it } from 'vitest'
import { foldedName, namePatterns } from './name-search.js'

describe('names', () => {
  it.each([
    ['BuurtWerkKamer Coöperatie', 'buurtwerkkamer cooperatie'],
    ['Krachtstation/Stichting Werk door de Wijk', 'krachtstation stichting werk door de wijk'],
    ['  Zorgbelang Gelderland|Utrecht ', 'zorgbelang gelderland utrecht'],
    ['Één & Co.', 'een co'],
    ['', ''],
  ])('%j folds to %j', (name, folded) => {
    expect(foldedName(name)).toBe(folded)
  })

  it.each([
    ['coöp BUURT', ['%coop%', '%buurt%']],
    ['100%_\\', ['%100%']],
    [' & ', []],
  ])('%j looks for %j', (typed, patterns) => {
    expect(namePatterns(typed)).toEqual(patterns)
  })
})
