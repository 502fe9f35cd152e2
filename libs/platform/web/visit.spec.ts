import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { FRESH_MINUTES } from '../access/step-up.js'
import { Visitor } from '../access/visitor.js'
import { LANGUAGE_COOKIE } from './language.js'
import { visitOf } from './visit.js'

const visitor = new Visitor('person', 'Ada', 'ada@example.org', [])
const request = (parts: object) => parts as FastifyRequest
const signedIn = (minutesAgo: number) => ({ signedInAt: Date.now() - minutesAgo * 60_000 })

describe('a visit', () => {
  it.each([
    ['a moment ago', signedIn(FRESH_MINUTES - 1), true],
    ['longer ago', signedIn(FRESH_MINUTES + 1), false],
    ['nobody knows when', {}, false],
  ])('of who signed in %s', (_, session, fresh) => {
    expect(visitOf(request({ user: visitor, session }))).toEqual({ visitor, lang: 'nl', fresh })
  })

  it.each([
    ['en', 'en'],
    ['nl', 'nl'],
    ['fr', 'nl'],
  ])('with the choice %j is in %s', (chosen, lang) => {
    const cookies = { [LANGUAGE_COOKIE]: chosen }
    expect(visitOf(request({ user: visitor, cookies })).lang).toBe(lang)
  })

  it('is nothing for a passer-by', () => {
    expect(() => visitOf(request({}))).toThrow('Unauthorized')
  })
})
