import { describe, expect, it } from 'vitest'
import { courseOf, isWhollyApproved, openSections, type ReportEvent, sectionsThat } from './course.js'
import { type Section, sections } from './report-template.js'
import { isOwnReport, reviewerOf, sectionsToReview } from './reviewers.js'

let minute = 0
const by = (id: string) => ({ id, name: id })
const event = (
  kind: ReportEvent['kind'],
  version: number | null,
  of: readonly Section[] = [],
  who = 'coordinator',
): ReportEvent => ({ kind, version, sections: of, text: '', at: new Date(++minute * 60_000), by: by(who) })
const completed = () => event('completed', null)
const submitted = (version: number, changed: readonly Section[] = sections) =>
  event('submitted', version, changed, 'treasurer')
const others = (section: Section) => sections.filter((one) => one !== section)

describe('the course of a report', () => {
  it('begins with everything open', () => {
    const course = courseOf([])
    expect(openSections(course)).toEqual(sections)
    expect(course).toMatchObject({ completed: null, live: null, closed: null, authors: [] })
  })

  it('is completed until something changes', () => {
    expect(courseOf([completed()]).completed).toMatchObject({ kind: 'completed' })
    expect(courseOf([completed(), event('changed', null)]).completed).toBeNull()
    expect(courseOf([completed(), event('changed', null), completed()]).completed).not.toBeNull()
  })

  it('waits for verdicts once submitted, and knows who completed and who signed', () => {
    const course = courseOf([completed(), submitted(1)])
    expect(sectionsThat(course, 'waiting')).toEqual(sections)
    expect(course).toMatchObject({
      completed: null,
      live: { number: 1, reviewBegun: false },
      authors: ['coordinator', 'treasurer'],
    })
  })

  it('opens only what came back, and carries the rest over', () => {
    const first = [submitted(1), event('returned', 1, ['money']), event('approved', 1, others('money'))]
    expect(openSections(courseOf(first))).toEqual(['money'])
    const again = courseOf([...first, completed(), submitted(2, ['money'])])
    expect(sectionsThat(again, 'waiting')).toEqual(['money'])
    expect(again.live).toMatchObject({ number: 2, reviewBegun: false })
    expect(isWhollyApproved(again)).toBe(false)
    expect(
      isWhollyApproved(courseOf([...first, submitted(2, ['money']), event('approved', 2, ['money'])])),
    ).toBe(true)
  })

  it('takes an approval away from a section that changed all the same', () => {
    const course = courseOf([
      submitted(1),
      event('approved', 1, others('money')),
      event('returned', 1, ['money']),
      submitted(2, ['money', 'indicators']),
    ])
    expect(sectionsThat(course, 'waiting')).toEqual(['money', 'indicators'])
  })

  it('waits for what nobody looked at yet, also in the next version', () => {
    const course = courseOf([submitted(1), event('returned', 1, ['story']), submitted(2, ['story'])])
    expect(sectionsThat(course, 'waiting')).toEqual(sections)
  })

  it('goes back to how it was when a version is withdrawn, and remembers who signed it', () => {
    const first = courseOf([completed(), submitted(1), event('withdrawn', 1)])
    expect(openSections(first)).toEqual(sections)
    expect(first).toMatchObject({ live: null, withdrawn: [1], authors: ['coordinator', 'treasurer'] })
    const second = courseOf([
      submitted(1),
      event('approved', 1, others('story')),
      event('returned', 1, ['story']),
      submitted(2, ['story']),
      event('withdrawn', 2),
    ])
    expect(openSections(second)).toEqual(['story'])
    expect(second).toMatchObject({ live: { number: 1 }, withdrawn: [2] })
  })

  it('opens chosen sections again after it was closed', () => {
    const closed = [submitted(1), event('approved', 1, sections), event('closed', 1)]
    expect(courseOf(closed).closed).not.toBeNull()
    const reopened = courseOf([...closed, event('reopened', 1, ['risks'])])
    expect(reopened.closed).toBeNull()
    expect(openSections(reopened)).toEqual(['risks'])
  })
})

describe('who reviews', () => {
  const counterparty = { id: 'oost', kind: 'districtCooperative' }
  const reviewer = (personId: string, ...roles: string[]) => ({
    personId,
    has: (role: string) => roles.includes(role),
    hasFor: (role: string, scope: string) => roles.includes(`${role}:${scope}`),
  })
  const course = courseOf([completed(), submitted(1), event('approved', 1, ['people'])])

  it('the controller the money and the means, the serviceteam the rest', () => {
    const of = (role: string) => sections.filter((section) => reviewerOf[section] === role)
    expect(of('controller')).toEqual(['money', 'means'])
    expect(of('serviceTeam')).toEqual(['story', 'indicators', 'people', 'risks'])
  })

  it('what waits, as far as it is theirs', () => {
    expect(sectionsToReview(reviewer('x', 'serviceTeam'), course, counterparty)).toEqual([
      'story',
      'indicators',
      'risks',
    ])
    expect(sectionsToReview(reviewer('x', 'controller'), course, counterparty)).toEqual(['money', 'means'])
    expect(sectionsToReview(reviewer('x', 'teamLead'), course, counterparty)).toEqual([])
  })

  it.each([
    ['who completed it', reviewer('coordinator', 'serviceTeam'), counterparty],
    ['who signed it', reviewer('treasurer', 'serviceTeam'), counterparty],
    ['who acts for it', reviewer('x', 'serviceTeam', 'treasurer:oost'), counterparty],
    [
      'the contractor of the contractor',
      reviewer('x', 'serviceTeam', 'contractor'),
      { id: 'g', kind: 'contractor' },
    ],
  ])('never %s', (_, who, of) => {
    expect(isOwnReport(who, course, of)).toBe(true)
    expect(sectionsToReview(who, course, of)).toEqual([])
  })

  it('but the contractor’s people may review a wijkcoöperatie', () => {
    expect(isOwnReport(reviewer('x', 'serviceTeam', 'contractor'), course, counterparty)).toBe(false)
  })
})
