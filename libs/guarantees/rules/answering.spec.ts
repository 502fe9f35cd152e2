import { describe, expect, it } from 'vitest'
import { answeringRoles, refusalToAnswer } from './answering.js'

const FREE = { boundByCap: false, directorIsFree: true }
const BOUND = { boundByCap: true, directorIsFree: false }

describe('who decides about a guarantee', () => {
  it.each([
    ['an ordinary member', FREE, ['director']],
    ["the director's own organisation", BOUND, ['chair', 'controller']],
    ['the contractor', { boundByCap: true, directorIsFree: true }, ['chair', 'controller']],
    [
      'a member whose delegate the director is',
      { boundByCap: false, directorIsFree: false },
      ['chair', 'controller'],
    ],
  ] as const)('%s', (_, ties, roles) => {
    expect(answeringRoles(ties)).toEqual(roles)
  })

  it.each([
    ['the director of a member', ['director'], false, FREE, null],
    ['the chair of a member', ['chair'], false, FREE, 'guarantee.onlyDirector'],
    ['the director of the own organisation', ['director', 'delegate'], true, BOUND, 'guarantee.ownHolder'],
    ['a second director of that organisation', ['director'], false, BOUND, 'guarantee.notForDirector'],
    ['the chair of that organisation', ['chair'], false, BOUND, null],
    ['the controller of that organisation', ['controller'], false, BOUND, null],
    ['a controller who acts for the holder', ['controller', 'delegate'], true, BOUND, 'guarantee.ownHolder'],
  ] as const)('%s', (_, roles, isDelegateOfHolder, ties, expected) => {
    expect(refusalToAnswer({ roles, isDelegateOfHolder }, ties)).toBe(expected)
  })
})
