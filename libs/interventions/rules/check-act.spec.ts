import { describe, expect, it } from 'vitest'
import { actorsFor, maySee } from './actors.js'
import { checkAct, permittedActs, type WantedAct } from './check-act.js'
import { type CaseEvent, standing } from './standing.js'
import type { Act, Actor, Direction } from './steps.js'

const ladder = {
  conversationDays: 14,
  recoveryPlanDays: 21,
  improvementDays: 60,
  answerDays: 14,
  mediationDays: 30,
}
const START = '2020-01-01'
const event = (act: Act, on: string, more: Partial<CaseEvent> = {}): CaseEvent => ({
  ...{ act, on, actor: 'staff', by: 's', meetsOn: null, dueOn: null, motion: null },
  ...more,
})
const signal = event('signal', START)
const held = event('holdConversation', '2020-01-10')
const open = [signal, held] as const

function codes(
  wanted: Partial<WantedAct> & { act: Act },
  events: readonly CaseEvent[],
  able: Actor[],
  today: string,
  direction: Direction = 'toCounterparty',
): string[] {
  const now = standing(direction, events as [CaseEvent, ...CaseEvent[]], ladder, today)
  const empty = { personId: 'x', reason: 'Omdat', meetsOn: null, meetsAt: null, dueOn: null }
  const rules = { direction, ladder, startedOn: START, today }
  return checkAct({ ...empty, ...wanted }, now, able, rules).map(({ code }) => code.split('.')[1]!)
}

const planning = (meetsOn: string | null, meetsAt: string | null = '14:30') => ({
  ...{ act: 'planConversation' as const, meetsOn, meetsAt },
})

it.each([
  ['a plan from who owes it', { act: 'submitPlan' }, open, ['counterparty'], '2020-01-31', []],
  ['a plan a day late', { act: 'submitPlan' }, open, ['counterparty'], '2020-02-01', ['notNow']],
  ['a plan from who waits for it', { act: 'submitPlan' }, open, ['staff'], '2020-01-31', ['notYours']],
  [
    'a plan without words',
    { act: 'submitPlan', reason: ' ' },
    open,
    ['counterparty'],
    '2020-01-12',
    ['reasonNeeded'],
  ],
  ['a plan before the conversation', { act: 'submitPlan' }, [signal], ['counterparty'], START, ['notNow']],
  [
    'an act of the other direction',
    { act: 'askMediation' },
    open,
    ['counterparty'],
    '2020-01-12',
    ['notNow'],
  ],
  ['after the end', { act: 'respond' }, [signal], ['staff'], '2020-01-16', ['ended']],
  ['a conversation today', planning(START), [signal], ['staff'], START, []],
  ['a conversation on the last day', planning('2020-01-15'), [signal], ['staff'], START, []],
  ['a conversation after it', planning('2020-01-16'), [signal], ['staff'], START, ['meetingDay']],
  ['a conversation yesterday', planning(START), [signal], ['staff'], '2020-01-02', ['meetingDay']],
  [
    'a conversation without a day or a time',
    planning(null, '25:00'),
    [signal],
    ['staff'],
    START,
    ['meetingDay', 'timeNeeded'],
  ],
  ['a conversation moved as far as it can', planning('2020-01-26'), open, ['staff'], '2020-01-12', []],
  ['a conversation moved too far', planning('2020-01-27'), open, ['staff'], '2020-01-12', ['meetingDay']],
  [
    'a report of a conversation today',
    { act: 'holdConversation', meetsOn: '2020-01-03' },
    [signal],
    ['staff'],
    '2020-01-03',
    [],
  ],
  [
    'a report of one tomorrow',
    { act: 'holdConversation', meetsOn: '2020-01-04' },
    [signal],
    ['staff'],
    '2020-01-03',
    ['heldDay'],
  ],
  [
    'a report of one before the signal',
    { act: 'holdConversation', meetsOn: '2019-12-31' },
    [signal],
    ['staff'],
    '2020-01-03',
    ['heldDay'],
  ],
  ['more time: as much again', { act: 'extend', dueOn: '2020-02-21' }, open, ['staff'], '2020-01-12', []],
  [
    'more time: a day too much',
    { act: 'extend', dueOn: '2020-02-22' },
    open,
    ['staff'],
    '2020-01-12',
    ['extensionDay'],
  ],
  [
    'more time that is not more',
    { act: 'extend', dueOn: '2020-01-31' },
    open,
    ['staff'],
    '2020-01-12',
    ['extensionDay'],
  ],
  [
    'more time for oneself',
    { act: 'extend', dueOn: '2020-02-21' },
    open,
    ['counterparty'],
    '2020-01-12',
    ['notYours'],
  ],
  [
    'more time twice',
    { act: 'extend', dueOn: '2020-02-28' },
    [...open, event('extend', '2020-01-11', { dueOn: '2020-02-21' })],
    ['staff'],
    '2020-01-12',
    ['extendedOnce'],
  ],
] as [string, Partial<WantedAct> & { act: Act }, CaseEvent[], Actor[], string, string[]][])(
  '%s',
  (_, wanted, events, able, today, expected) => {
    expect(codes(wanted, events, able, today)).toEqual(expected)
  },
)

describe('taking the work over', () => {
  const proposed = [...open, event('proposeTakeover', '2020-02-03', { by: 'both' })]
  it('needs somebody else than who proposed it', () => {
    const confirm = { act: 'confirmTakeover' as const, reason: '' }
    expect(codes({ ...confirm, personId: 'both' }, proposed, ['staff', 'director'], '2020-02-04')).toEqual([
      'otherPerson',
    ])
    expect(codes({ ...confirm, personId: 'director' }, proposed, ['director'], '2020-02-04')).toEqual([])
  })

  it('is not offered to who proposed it', () => {
    const now = standing('toCounterparty', proposed as [CaseEvent, ...CaseEvent[]], ladder, '2020-02-04')
    const offered = (personId: string) =>
      permittedActs('toCounterparty', now, ['director'], personId).map(({ act }) => act)
    expect(offered('both')).toEqual(['refuseTakeover', 'respond'])
    expect(offered('director')).toEqual(['confirmTakeover', 'refuseTakeover', 'respond'])
  })
})

describe('in whose name', () => {
  it.each([
    ['the serviceteam', false, ['serviceTeam'], [], ['staff']],
    ['the teamleider', false, ['teamLead'], [], ['staff']],
    ['a director of the serviceteam', false, ['director', 'serviceTeam'], [], ['staff', 'director']],
    ['the coordinator', true, ['coordinator'], [], ['counterparty']],
    [
      'a coordinator of the serviceteam does not judge the own plan',
      true,
      ['coordinator', 'serviceTeam'],
      [],
      ['counterparty'],
    ],
    ['who was coordinator and acted', false, ['serviceTeam'], ['counterparty'], []],
    ['who acted for the serviceteam and is coordinator now', true, ['coordinator'], ['staff'], []],
    ['a chair who is director, before any act', false, ['chair', 'director'], [], ['director', 'chair']],
    [
      'a chair who answered as director does not mediate',
      false,
      ['chair', 'director'],
      ['director'],
      ['director'],
    ],
    ['who acted for the serviceteam and is director now', false, ['director'], ['staff'], ['director']],
    ['the municipality', false, ['municipality'], [], []],
  ] as [string, boolean, string[], Actor[], Actor[]][])('%s', (_, ofCounterparty, roles, acted, expected) => {
    const events = acted.map((actor) => ({ by: 'me', actor })).concat({ by: 'other', actor: 'chair' })
    expect(actorsFor({ personId: 'me', ofCounterparty, roles }, events)).toEqual(expected)
  })

  it.each([
    ['the counterparty', true, [], false, true],
    ['the controller', false, ['controller'], false, true],
    ["a member's delegate", false, ['delegate'], false, false],
    ["a member's delegate, at the ALV", false, ['delegate'], true, true],
    ['the municipality', false, ['municipality'], false, false],
  ] as [string, boolean, string[], boolean, boolean][])(
    '%s reads it',
    (_, ofCounterparty, roles, atAssembly, expected) => {
      expect(maySee({ ofCounterparty, roles }, atAssembly)).toBe(expected)
    },
  )
})
