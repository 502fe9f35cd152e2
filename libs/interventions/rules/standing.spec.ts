import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, daysBetween } from '#kernel'
import { checkAct, daysFor, permittedActs } from './check-act.js'
import { interventionSteps } from './intervention-steps.js'
import { noticeOfDefaultSteps } from './notice-of-default-steps.js'
import { rungs } from './stages.js'
import { type CaseEvent, type MotionFacts, type Standing, standing, stepOf } from './standing.js'
import {
  type Act,
  type Actor,
  actors,
  type CaseState,
  type Direction,
  endings,
  isEnding,
  type Move,
} from './steps.js'

const ladder = {
  conversationDays: 14,
  recoveryPlanDays: 21,
  improvementDays: 60,
  answerDays: 14,
  mediationDays: 30,
}
const START = '2020-01-01'

type Deed = [act: Act, on: Day, more?: Partial<CaseEvent>]

const eventOf = ([act, on, more]: Deed): CaseEvent => ({
  ...{ act, on, actor: 'staff' as Actor, by: 'p', meetsOn: null, dueOn: null, motion: null },
  ...more,
})

function course(direction: Direction, deeds: readonly Deed[], today: Day): Standing {
  const first: Deed = [direction === 'toCounterparty' ? 'signal' : 'giveNotice', START]
  return standing(direction, [eventOf(first), ...deeds.map(eventOf)], ladder, today)
}

const planned: Deed = ['planConversation', '2020-01-03', { meetsOn: '2020-01-10' }]
const held: Deed = ['holdConversation', '2020-01-10', { meetsOn: '2020-01-10' }]
const plan: Deed = ['submitPlan', '2020-01-20']
const accepted: Deed = ['acceptPlan', '2020-01-25']
const returned: Deed = ['returnPlan', '2020-01-25']
const again: Deed = ['submitPlan', '2020-02-10']
const failed: Deed = ['judgeInsufficient', '2020-03-30']
const guided: Deed = ['beginGuidance', '2020-04-02']
const proposed: Deed = ['proposeTakeover', '2020-04-02']

describe('towards the counterparty', () => {
  it.each([
    ['a signal', [], START, 'signalled', START, '2020-01-15'],
    ['its last day', [], '2020-01-15', 'signalled', START, '2020-01-15'],
    ['no conversation by then: it lapses', [], '2020-01-16', 'lapsed', '2020-01-16', null],
    ['a conversation is planned', [planned], '2020-01-10', 'conversationPlanned', '2020-01-03', '2020-01-10'],
    ['its day is over: it counts as held', [planned], '2020-01-11', 'planDue', '2020-01-11', '2020-01-31'],
    [
      'it is moved',
      [planned, ['planConversation', '2020-01-09', { meetsOn: '2020-01-17' }]],
      '2020-01-17',
      'conversationPlanned',
      '2020-01-09',
      '2020-01-17',
    ],
    ['it was held on its day', [planned, held], '2020-01-10', 'planDue', '2020-01-10', '2020-01-31'],
    ['held without an appointment', [held], '2020-01-31', 'planDue', '2020-01-10', '2020-01-31'],
    [
      'its report comes later: the last day stays',
      [planned, ['holdConversation', '2020-01-13']],
      '2020-01-14',
      'planDue',
      '2020-01-11',
      '2020-01-31',
    ],
    [
      'a plan on the last day',
      [held, ['submitPlan', '2020-01-31']],
      '2020-01-31',
      'planSubmitted',
      '2020-01-31',
      '2020-02-14',
    ],
    ['no plan: no improvement period', [held], '2020-02-01', 'interventionOpen', '2020-02-01', '2020-03-31'],
    ['no plan, no intervention', [held], '2020-04-01', 'lapsed', '2020-04-01', null],
    [
      'more time for the plan',
      [held, ['extend', '2020-01-30', { dueOn: '2020-02-14' }]],
      '2020-02-14',
      'planDue',
      '2020-01-10',
      '2020-02-14',
    ],
    [
      'more time that went by',
      [held, ['extend', '2020-01-30', { dueOn: '2020-02-14' }]],
      '2020-02-15',
      'interventionOpen',
      '2020-02-15',
      '2020-04-14',
    ],
    [
      'an answer changes no last day',
      [held, ['respond', '2020-01-30']],
      '2020-01-31',
      'planDue',
      '2020-01-10',
      '2020-01-31',
    ],
    ['a plan to judge', [held, plan], '2020-02-03', 'planSubmitted', '2020-01-20', '2020-02-03'],
    ['a plan that nobody judged', [held, plan], '2020-02-04', 'improving', '2020-02-04', '2020-04-03'],
    [
      'a plan that was returned',
      [held, plan, returned],
      '2020-02-15',
      'improvedPlanDue',
      '2020-01-25',
      '2020-02-15',
    ],
    [
      'returned, no better plan',
      [held, plan, returned],
      '2020-02-16',
      'interventionOpen',
      '2020-02-16',
      '2020-04-15',
    ],
    [
      'a better plan',
      [held, plan, returned, again],
      '2020-02-24',
      'improvedPlanSubmitted',
      '2020-02-10',
      '2020-02-24',
    ],
    [
      'a better plan that nobody judged',
      [held, plan, returned, again],
      '2020-02-25',
      'improving',
      '2020-02-25',
      '2020-04-24',
    ],
    [
      'a better plan that was rejected',
      [held, plan, returned, again, ['rejectPlan', '2020-02-12']],
      '2020-02-12',
      'interventionOpen',
      '2020-02-12',
      '2020-04-12',
    ],
    ['improving', [held, plan, accepted], '2020-03-25', 'improving', '2020-01-25', '2020-03-25'],
    ['time to judge', [held, plan, accepted], '2020-03-26', 'judging', '2020-03-26', '2020-04-08'],
    ['nobody judged it', [held, plan, accepted], '2020-04-09', 'lapsed', '2020-04-09', null],
    [
      'judged insufficient',
      [held, plan, accepted, failed],
      '2020-03-30',
      'interventionOpen',
      '2020-03-30',
      '2020-05-29',
    ],
    [
      'improving after all',
      [held, plan, accepted, failed, ['resumeImprovement', '2020-04-01']],
      '2020-05-31',
      'improving',
      '2020-04-01',
      '2020-05-31',
    ],
    ['guidance', [held, plan, accepted, failed, guided], '2020-06-01', 'guided', '2020-04-02', '2020-06-01'],
    [
      'guidance that ran out',
      [held, plan, accepted, failed, guided],
      '2020-06-02',
      'lapsed',
      '2020-06-02',
      null,
    ],
    [
      'guidance that goes on',
      [held, plan, accepted, failed, guided, ['continueIntervention', '2020-06-01']],
      '2020-06-02',
      'guided',
      '2020-06-01',
      '2020-07-31',
    ],
    [
      'a takeover proposed',
      [held, plan, accepted, failed, proposed],
      '2020-04-16',
      'takeoverProposed',
      '2020-04-02',
      '2020-04-16',
    ],
    [
      'the director is silent',
      [held, plan, accepted, failed, proposed],
      '2020-04-17',
      'interventionOpen',
      '2020-04-17',
      '2020-06-15',
    ],
    [
      'the director refuses',
      [held, plan, accepted, failed, proposed, ['refuseTakeover', '2020-04-03']],
      '2020-04-03',
      'interventionOpen',
      '2020-04-03',
      '2020-06-02',
    ],
    [
      'taken over',
      [held, plan, accepted, failed, proposed, ['confirmTakeover', '2020-04-03']],
      '2020-06-02',
      'takenOver',
      '2020-04-03',
      '2020-06-02',
    ],
    [
      'taken over and concluded',
      [held, plan, accepted, failed, proposed, ['confirmTakeover', '2020-04-03'], ['conclude', '2020-05-01']],
      '2021-01-01',
      'concluded',
      '2020-05-01',
      null,
    ],
    ['resolved early', [held, ['resolve', '2020-01-12']], '2021-01-01', 'resolved', '2020-01-12', null],
    ['withdrawn early', [['withdraw', '2020-01-02']], '2021-01-01', 'withdrawn', '2020-01-02', null],
    ['silent all the way', [planned, plan], '2021-01-01', 'lapsed', '2020-04-18', null],
  ] as [string, Deed[], Day, CaseState, Day, Day | null][])('%s', (_, deeds, today, state, since, dueOn) => {
    expect(course('toCounterparty', deeds, today)).toMatchObject({ state, since, dueOn })
  })
})

const answer: Deed = ['answerNotice', '2020-01-10']
const asked: Deed = ['askMediation', '2020-01-20']
const unsettled: Deed = ['endMediation', '2020-02-01']
const motion = (state: MotionFacts['state'], adopted?: boolean): MotionFacts => ({
  ...{ state, heldOn: '2020-03-14' },
  decision: adopted === undefined ? null : { number: '2020-04', adopted, decidedOn: '2020-03-14' },
})
const put = (facts: MotionFacts, on = '2020-02-10'): Deed => ['putToAssembly', on, { motion: facts }]

describe('towards the cooperative', () => {
  it.each([
    ['a notice of default', [], START, 'noticeGiven', START, '2020-01-15'],
    ['the last day for an answer', [], '2020-01-15', 'noticeGiven', START, '2020-01-15'],
    ['no answer: mediation opens by itself', [], '2020-01-16', 'mediating', '2020-01-16', '2020-02-14'],
    [
      'more time for an answer',
      [['extend', '2020-01-15', { dueOn: '2020-01-29' }]],
      '2020-01-29',
      'noticeGiven',
      START,
      '2020-01-29',
    ],
    [
      'mediation ran out: the way to the ALV is open',
      [],
      '2020-02-15',
      'assemblyOpen',
      '2020-02-15',
      '2020-03-15',
    ],
    ['nobody goes to the ALV', [], '2020-03-16', 'lapsed', '2020-03-16', null],
    ['an answer', [answer], '2020-01-24', 'answered', '2020-01-10', '2020-01-24'],
    ['an answer that is left at that', [answer], '2020-01-25', 'lapsed', '2020-01-25', null],
    ['mediation is asked for', [answer, asked], '2020-02-19', 'mediating', '2020-01-20', '2020-02-19'],
    [
      'a conversation changes no last day',
      [answer, asked, ['planConversation', '2020-01-21', { meetsOn: '2020-02-01' }]],
      '2020-02-02',
      'mediating',
      '2020-01-20',
      '2020-02-19',
    ],
    ['settled', [answer, asked, ['settle', '2020-02-01']], '2020-06-01', 'settled', '2020-02-01', null],
    ['not settled', [answer, asked, unsettled], '2020-02-01', 'assemblyOpen', '2020-02-01', '2020-03-02'],
    [
      'on the agenda',
      [answer, asked, unsettled, put(motion('pending'))],
      '2020-03-01',
      'onAgenda',
      '2020-02-10',
      '2020-03-14',
    ],
    [
      'an assembly that is not over',
      [answer, asked, unsettled, put(motion('pending'))],
      '2020-09-01',
      'onAgenda',
      '2020-02-10',
      '2020-03-14',
    ],
    [
      'adopted',
      [answer, asked, unsettled, put(motion('decided', true))],
      '2020-03-14',
      'decided',
      '2020-03-14',
      null,
    ],
    [
      'rejected',
      [answer, asked, unsettled, put(motion('decided', false))],
      '2020-09-01',
      'decided',
      '2020-03-14',
      null,
    ],
    [
      'off the agenda',
      [answer, asked, unsettled, put(motion('withdrawn'))],
      '2020-04-13',
      'assemblyOpen',
      '2020-02-10',
      '2020-04-13',
    ],
    [
      'off the agenda, and left at that',
      [answer, asked, unsettled, put(motion('withdrawn'))],
      '2020-04-14',
      'lapsed',
      '2020-04-14',
      null,
    ],
    [
      'an answer after an assembly that did not come to it',
      [answer, asked, unsettled, put(motion('withdrawn')), ['respond', '2020-04-20']],
      '2020-04-21',
      'assemblyOpen',
      '2020-02-10',
      '2020-05-20',
    ],
    [
      'on the agenda of another assembly',
      [answer, asked, unsettled, put(motion('withdrawn')), put(motion('decided', true), '2020-02-20')],
      '2020-04-14',
      'decided',
      '2020-03-14',
      null,
    ],
    [
      'resolved while on the agenda',
      [answer, asked, unsettled, put(motion('decided', true)), ['resolve', '2020-02-20']],
      '2020-06-01',
      'resolved',
      '2020-02-20',
      null,
    ],
    ['withdrawn early', [['withdraw', '2020-01-02']], '2021-01-01', 'withdrawn', '2020-01-02', null],
  ] as [string, Deed[], Day, CaseState, Day, Day | null][])('%s', (_, deeds, today, state, since, dueOn) => {
    expect(course('toCooperative', deeds, today)).toMatchObject({ state, since, dueOn })
  })

  it('tells what was done, what silence did, and the decision, in order', () => {
    const told = course('toCooperative', [put(motion('decided', true), '2020-02-20')], '2020-04-01')
    expect(told.moments.map(({ kind, to, on }) => [kind, to, on])).toEqual([
      ['act', 'noticeGiven', '2020-01-01'],
      ['silence', 'mediating', '2020-01-16'],
      ['silence', 'assemblyOpen', '2020-02-15'],
      ['act', 'onAgenda', '2020-02-20'],
      ['decision', 'decided', '2020-03-14'],
    ])
  })
})

describe('the tables', () => {
  const tables = { toCounterparty: interventionSteps, toCooperative: noticeOfDefaultSteps }
  it.each(Object.entries(tables))('%s: every move leads to a state of its own, or to an end', (_, table) => {
    const known = [...Object.keys(table), ...endings, 'same']
    for (const [name, { silence, acts }] of Object.entries(table)) {
      if (silence) expect(known, name).toContain(silence)
      for (const { to, by } of Object.values(acts) as Move[]) {
        expect(known, name).toContain(to)
        expect(by.length, name).toBeGreaterThan(0)
      }
    }
  })

  it.each(Object.entries(tables))('%s: silence alone always comes to an end', (direction, table) => {
    for (let state of Object.keys(table) as CaseState[]) {
      if (state === 'onAgenda') continue // the assembly ends it
      for (let turn = 0; !isEnding(state); turn++) {
        expect(turn).toBeLessThan(10)
        state = stepOf(direction as Direction, state)!.silence!
      }
    }
  })
})

const reached = (to: CaseState) => ({ kind: 'silence' as const, from: to, to, on: START })

it.each(Object.entries({ toCounterparty: interventionSteps, toCooperative: noticeOfDefaultSteps }))(
  '%s: every state lies on a rung, and silence never leads down',
  (direction, table) => {
    const rung = (state: CaseState) =>
      rungs(direction as Direction, [reached(state)]).findIndex((one) => one.state === 'current')
    for (const [name, { silence }] of Object.entries(table)) {
      expect(rung(name as CaseState), name).toBeGreaterThanOrEqual(0)
      if (silence && !isEnding(silence))
        expect(rung(silence), name).toBeGreaterThanOrEqual(rung(name as CaseState))
    }
    expect(rungs(direction as Direction, [reached('resolved')])).toEqual([])
  },
)

it('a rung that silence skipped is not done', () => {
  const { moments } = course('toCounterparty', [held], '2020-02-01')
  expect(rungs('toCounterparty', moments).map(({ state }) => state)).toEqual([
    ...['done', 'done', 'done', 'todo', 'current'],
  ])
})

const walk = fc.record({
  direction: fc.constantFrom<Direction>('toCounterparty', 'toCooperative'),
  turns: fc.array(fc.record({ wait: fc.nat(70), pick: fc.nat(50), day: fc.nat(200) }), { maxLength: 15 }),
})

it('any sequence of permitted acts ends in a state of the table, with its last day not yet over', () => {
  fc.assert(
    fc.property(walk, ({ direction, turns }) => {
      const opening = eventOf([direction === 'toCounterparty' ? 'signal' : 'giveNotice', START])
      const events: [CaseEvent, ...CaseEvent[]] = [opening]
      let today: Day = START
      for (const { wait, pick, day } of turns) {
        today = addDays(today, wait)
        const now = standing(direction, events, ladder, today)
        const permitted = permittedActs(direction, now, actors, 'somebody')
        const chosen = permitted[pick % Math.max(permitted.length, 1)]
        if (!chosen) break
        const rules = { direction, ladder, startedOn: START, today }
        const span = daysFor(chosen.act, now, rules)
        const within = span && addDays(span.from, day % (daysBetween(span.from, span.to) + 1))
        const wanted = { act: chosen.act, personId: 'somebody', reason: 'Omdat', meetsAt: '10:00' }
        const days = { meetsOn: within, dueOn: within }
        expect(checkAct({ ...wanted, ...days }, now, actors, rules)).toEqual([])
        const facts =
          chosen.act === 'putToAssembly' ? { ...motion('withdrawn'), heldOn: addDays(today, 9) } : null
        events.push({ ...eventOf([chosen.act, today]), ...days, actor: chosen.actor, motion: facts })
      }
      const { state, dueOn, moments } = standing(direction, events, ladder, today)
      const step = stepOf(direction, state)
      expect(isEnding(state) ? step : step!.within).toBe(isEnding(state) ? null : step!.within)
      if (isEnding(state)) expect(dueOn).toBeNull()
      else expect(dueOn! >= today).toBe(true)
      expect(moments.filter(({ kind }) => kind === 'act')).toHaveLength(events.length)
      expect(moments.map(({ on }) => on)).toEqual(moments.map(({ on }) => on).sort())
    }),
  )
})
