import { describe, expect, it } from 'vitest'
import { checkAsking, checkGiving, type FloorEvent, type FloorEventKind, floorBy } from './floor.js'

/** `['asked', 'a']` at second 0, the next one ten seconds later. */
const log = (...lines: [FloorEventKind, string, number?][]): FloorEvent[] =>
  lines.map(([kind, speakerId, place], index) => ({
    ...{ kind, speakerId, place: place ?? null, personId: `person ${speakerId}` },
    at: new Date(index * 10_000),
  }))
const shown = (events: FloorEvent[]) => {
  const { waiting, speaking, spoken } = floorBy(events)
  return {
    waiting: waiting.map(({ speakerId }) => speakerId).join(' '),
    speaking: speaking?.speakerId ?? null,
    spoken: spoken.map(({ speakerId, seconds }) => `${speakerId} ${seconds}`).join(', '),
  }
}

describe('the floor', () => {
  it.each<[string, FloorEvent[], ReturnType<typeof shown>]>([
    ['nobody', [], { waiting: '', speaking: null, spoken: '' }],
    [
      'in the order of asking',
      log(['asked', 'a'], ['asked', 'b']),
      { waiting: 'a b', speaking: null, spoken: '' },
    ],
    [
      'withdrawn',
      log(['asked', 'a'], ['asked', 'b'], ['withdrawn', 'a']),
      { waiting: 'b', speaking: null, spoken: '' },
    ],
    [
      'the chair puts the last first',
      log(['asked', 'a'], ['asked', 'b'], ['asked', 'c'], ['placed', 'c', 1]),
      { waiting: 'c a b', speaking: null, spoken: '' },
    ],
    [
      'a place past the end is the end',
      log(['asked', 'a'], ['asked', 'b'], ['placed', 'a', 9]),
      { waiting: 'b a', speaking: null, spoken: '' },
    ],
    [
      'placed after withdrawing',
      log(['asked', 'a'], ['withdrawn', 'a'], ['placed', 'a', 1]),
      { waiting: '', speaking: null, spoken: '' },
    ],
    [
      'given',
      log(['asked', 'a'], ['asked', 'b'], ['given', 'b']),
      { waiting: 'a', speaking: 'b', spoken: '' },
    ],
    ['given to who did not ask', log(['given', 'guest']), { waiting: '', speaking: 'guest', spoken: '' }],
    [
      'ended',
      log(['asked', 'a'], ['given', 'a'], ['ended', 'a']),
      { waiting: '', speaking: null, spoken: 'a 10' },
    ],
    [
      'an end for another changes nothing',
      log(['given', 'a'], ['ended', 'b']),
      { waiting: '', speaking: 'a', spoken: '' },
    ],
    [
      'two turns add up, in the order of the last',
      log(['given', 'a'], ['ended', 'a'], ['given', 'b'], ['ended', 'b'], ['given', 'a'], ['ended', 'a']),
      { waiting: '', speaking: null, spoken: 'b 10, a 20' },
    ],
  ])('%s', (_, events, expected) => {
    expect(shown(events)).toEqual(expected)
  })

  it('who asked is who speaks', () => {
    const [asked, given] = log(['asked', 'a'], ['given', 'a'])
    expect(floorBy([asked!, { ...given!, personId: null }]).speaking?.personId).toBe('person a')
  })
})

describe('asking and giving', () => {
  const request = { currentItemId: 'item', itemId: 'item', speakerId: 'a', isPresent: true }
  const quiet = floorBy([])
  const afterA = floorBy(log(['given', 'a'], ['ended', 'a']))

  it.each([
    ['present, about the item at hand', request, quiet, []],
    ['between items', { ...request, currentItemId: null }, quiet, ['floor.noItem']],
    ['about an item that is past', { ...request, itemId: 'earlier' }, quiet, ['floor.otherItem']],
    ['not in the hall', { ...request, isPresent: false }, quiet, ['floor.notPresent']],
    ['once per item', request, afterA, ['floor.alreadySpoken']],
    ['another after it', { ...request, speakerId: 'b' }, afterA, []],
  ])('asking: %s', (_, asked, state, codes) => {
    expect(checkAsking(asked, state).map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    ['to who is there', request, []],
    ['between items', { ...request, currentItemId: null }, ['floor.noItem']],
    ['on a page of an earlier item', { ...request, itemId: 'earlier' }, ['floor.otherItem']],
    ['to who is away', { ...request, isPresent: false }, ['floor.speakerNotPresent']],
  ])('giving: %s', (_, given, codes) => {
    expect(checkGiving(given).map(({ code }) => code)).toEqual(codes)
  })
})
