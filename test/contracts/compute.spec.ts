import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput, computeRules, runCompute } from '../../apps/cli/compute/index.js'

type Json = Record<string, unknown>

const distribution = {
  amountCents: '5',
  shares: [
    { id: 'a', cents: '3' },
    { id: 'b', cents: '7' },
  ],
}
const allocation = { amountCents: '100', weights: ['x', 'y', 'z'].map((id) => ({ id, weight: '1' })) }
const coverage = {
  baseCents: '600000000',
  rate: '10/100',
  cap: { holders: ['zorgbelang', 'gsmo'], fraction: '80/100' },
  pledges: [{ holder: 'zorgbelang', cents: '48000000' }],
}
const verdict = {
  tally: { for: 6, against: 3, blank: 1, invalid: 0 },
  majority: { fraction: '2/3', strict: false, base: 'cast' },
  blank: 'excluded',
  present: 12,
  electorate: 20,
  quorum: { fraction: '1/2', strict: false },
}
const membership = {
  events: [
    { on: '2019-01-01', recordedAt: '2019-01-02T12:00:00+01:00', type: 'admitted', kind: 'voting' },
    { on: '2019-06-01', recordedAt: '2019-06-02T10:00:00Z', type: 'suspended' },
  ],
  asOf: '2019-12-31',
  knownAt: '2020-01-01T00:00:00Z',
}
const call = {
  amountCents: '90',
  pledges: [
    { id: 'a', cents: '60', calledCents: '50' },
    { id: 'b', cents: '120', calledCents: '0' },
  ],
}
const timeweighted = {
  amountCents: '396',
  year: 2019,
  movements: [
    { id: 'a', on: '2018-03-01', cents: '1000' },
    { id: 'b', on: '2019-12-01', cents: '1500' },
    { id: 'b', on: '2019-12-01', cents: '-500' },
  ],
}
const report = {
  agreement: {
    lines: [{ id: 'staf', budgetCents: '10000' }],
    indicators: [{ id: 'uniek', kind: 'unique', target: '300', due: 'quarter' }],
    explainOver: '10/100',
  },
  quarter: '2019-Q2',
  today: '2019-07-10',
  report: {
    lines: [{ id: 'staf', actualCents: '5000', forecastCents: '11001', explanation: ' ' }],
    indicators: [{ id: 'uniek', value: '210', explanation: 'Regen.' }],
  },
  previous: {
    lines: [{ id: 'staf', actualCents: '5001', forecastCents: '10000', explanation: '' }],
    indicators: [],
  },
}
const whole: Record<string, Json> = {
  ...{ distribution, allocation, coverage, verdict, membership },
  ...{ call, timeweighted, report },
}

function answer(rule: string, input: unknown): unknown {
  const { output } = runCompute(rule, typeof input === 'string' ? input : JSON.stringify(input))
  expect(output.endsWith('\n') && output.indexOf('\n') === output.length - 1).toBe(true)
  return JSON.parse(output)
}

/** The refusal of an input: always a BadInput of one printable line that starts with its path. */
function refusal(rule: string, input: string | Uint8Array): BadInput {
  try {
    runCompute(rule, input)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    expect(error.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
    expect(error.message.startsWith(`${error.path}: `)).toBe(true)
    return error
  }
  throw new Error('was not refused')
}

describe('the examples', () => {
  it('lists the rules', () => {
    expect(computeRules).toEqual([
      'distribution',
      'allocation',
      'coverage',
      'verdict',
      'membership',
      'call',
      'timeweighted',
      'report',
    ])
  })

  it('call, nobody above the room', () => {
    const parts = [
      { id: 'a', cents: '10' },
      { id: 'b', cents: '80' },
    ]
    expect(answer('call', call)).toEqual({ parts, sumCents: '90' })
  })

  it('report, with what must be explained', () => {
    expect(answer('report', report)).toEqual({
      findings: [
        { severity: 'explain', code: 'report.actualLower', path: 'lines/staf/actualCents' },
        { severity: 'explain', code: 'report.forecastOffBudget', path: 'lines/staf/forecastCents' },
      ],
      maySubmit: false,
    })
  })

  it.each([
    ['null', { lines: [{ id: 'staf', actualCents: null, forecastCents: '1' }] }],
    ['no keys', { lines: [{ id: 'staf', forecastCents: '1' }] }],
  ])('report: what is missing stands in the way (%s)', (_, stated) => {
    const { findings } = answer('report', { ...report, report: stated, previous: null }) as {
      findings: { severity: string; path: string }[]
    }
    expect(findings.filter(({ severity }) => severity === 'blocking').map(({ path }) => path)).toEqual([
      'lines/staf/actualCents',
      'indicators/uniek/value',
    ])
  })

  it('timeweighted, by days carried', () => {
    const parts = [
      { id: 'a', cents: '365' },
      { id: 'b', cents: '31' },
    ]
    expect(answer('timeweighted', timeweighted)).toEqual({ parts, sumCents: '396' })
  })

  it.each([
    ['call', { ...call, amountCents: '131' }, 'amountCents: '],
    ['call', { ...call, pledges: [{ id: 'a', cents: '1', calledCents: '2' }] }, 'pledges[0].calledCents: '],
    ['report', { ...report, quarter: '2019-Q5' }, 'quarter: '],
    ['report', { ...report, quarter: '2019-Q1' }, 'previous: '],
    ['report', { ...report, report: { lines: [{ id: 'ander' }] } }, 'report.lines[0].id: '],
    ['report', { ...report, previous: { lines: [{ id: 'x' }] } }, 'previous.lines[0].id: '],
    ['report', { ...report, report: { lines: [{ id: 'staf' }, { id: 'staf' }] } }, 'report.lines[1].id: '],
    [
      'report',
      { ...report, report: { indicators: [{ id: 'uniek', value: '7.5' }] } },
      'report.indicators[0].value: ',
    ],
    [
      'report',
      { ...report, agreement: { ...report.agreement, explainOver: '1/0' } },
      'agreement.explainOver: ',
    ],
    ['timeweighted', { ...timeweighted, year: 0 }, 'year: '],
    ['timeweighted', { ...timeweighted, year: '2019' }, 'year: '],
    [
      'timeweighted',
      { ...timeweighted, movements: [{ id: 'a', on: '2019-02-29', cents: '1' }] },
      'movements[0].on: ',
    ],
    [
      'timeweighted',
      { ...timeweighted, movements: [{ id: 'a', on: '2019-02-28', cents: '-0' }] },
      'movements[0].cents: ',
    ],
    [
      'timeweighted',
      { ...timeweighted, movements: [{ id: 'a', on: '2019-02-28', cents: '-1' }] },
      'movements[0]: ',
    ],
    ['timeweighted', { ...timeweighted, movements: [] }, 'movements: '],
  ])('%s refuses', (rule, input, start) => {
    expect(refusal(rule, JSON.stringify(input)).message.startsWith(start)).toBe(true)
  })

  it('distribution', () => {
    const parts = [
      { id: 'a', cents: '1' },
      { id: 'b', cents: '4' },
    ]
    expect(answer('distribution', distribution)).toEqual({ parts, sumCents: '5' })
  })

  it('allocation', () => {
    const parts = [
      { id: 'x', cents: '34' },
      { id: 'y', cents: '33' },
      { id: 'z', cents: '33' },
    ]
    expect(answer('allocation', allocation)).toEqual({ parts, sumCents: '100' })
  })

  it('coverage, keys in order', () => {
    expect(runCompute('coverage', JSON.stringify(coverage)).output).toBe(
      '{"requiredCents":"60000000","pledgedCents":"48000000","openCents":"12000000","capCents":"48000000","violations":[]}\n',
    )
  })

  it('coverage over the cap', () => {
    const over = { ...coverage, pledges: [...coverage.pledges, { holder: 'gsmo', cents: '1' }] }
    expect(answer('coverage', over)).toMatchObject({
      pledgedCents: '48000001',
      violations: [{ code: 'capExceeded', holders: ['zorgbelang', 'gsmo'], overCents: '1' }],
    })
  })

  it('verdict, keys in order', () => {
    const { output } = runCompute('verdict', JSON.stringify(verdict))
    expect(output).toMatch(
      /^\{"adopted":true,"base":9,"needed":6,"quorumReached":true,"reason":"6 van de 9 [^"]+"\}\n$/,
    )
  })

  it('verdict without quorum', () => {
    expect(answer('verdict', { ...verdict, quorum: null })).toMatchObject({ quorumReached: true })
  })

  it('membership, keys in order', () => {
    expect(runCompute('membership', JSON.stringify(membership)).output).toBe(
      '{"status":"suspended","kind":"voting","mayVote":false}\n',
    )
  })

  it.each<[string, Json, Json]>([
    ['no events', { events: [] }, { status: 'none', kind: null, mayVote: false }],
    ['an earlier day', { asOf: '2019-05-31' }, { status: 'member', kind: 'voting', mayVote: true }],
    ['what was known earlier', { knownAt: '2019-06-02T11:59:59+02:00' }, { status: 'member' }],
    ['what was known that instant', { knownAt: '2019-06-02T12:00:00+02:00' }, { status: 'suspended' }],
    ['before it was recorded', { knownAt: '2019-01-02T10:59:59.999Z' }, { status: 'none', kind: null }],
  ])('membership: %s', (_, change, expected) => {
    expect(answer('membership', { ...membership, ...change })).toMatchObject(expected)
  })

  const later = { recordedAt: '2019-07-01T12:00:00Z' }
  it.each<[string, Json[], string]>([
    ['a correction', [{ ...later, on: '2020-06-01', type: 'suspended', corrects: 1 }], 'member voting'],
    [
      'a withdrawal',
      [{ ...later, on: '2019-06-01', type: 'suspended', corrects: 1, void: true }],
      'member voting',
    ],
    [
      'a withdrawal that names no kind',
      [{ ...later, on: '2019-01-01', type: 'admitted', corrects: 0, void: true }],
      'suspended null',
    ],
    [
      'void: false is as without',
      [{ ...later, on: '2019-07-01', type: 'reinstated', void: false }],
      'member voting',
    ],
    [
      'void without corrects withdraws nothing',
      [{ ...later, on: '2019-07-01', type: 'ended', void: true }],
      'suspended voting',
    ],
    [
      'a withdrawn withdrawal brings nothing back',
      [
        { ...later, on: '2019-06-01', type: 'suspended', corrects: 1, void: true },
        { ...later, on: '2019-06-01', type: 'suspended', corrects: 2, void: true },
      ],
      'member voting',
    ],
    [
      'the end, and a kind after it',
      [
        { ...later, on: '2019-08-01', type: 'ended' },
        { ...later, on: '2019-09-01', type: 'kindChanged', kind: 'supporting' },
      ],
      'former supporting',
    ],
  ])('membership: %s', (_, more, expected) => {
    const found = answer('membership', { ...membership, events: [...membership.events, ...more] }) as Json
    expect(`${found.status} ${found.kind}`).toBe(expected)
  })

  it('takes white space, escapes, any order of keys, bytes, and ids of any language', () => {
    const text =
      '\r\n\t{ "shares" : [ {"cents":"1","id":"\\u00e9\\ud83d\\ude00\\n"} ,{"id":"__proto__","cents":"0"}] , "amount\\u0043ents":"2" } '
    const parts = [
      { id: 'é😀\n', cents: '2' },
      { id: '__proto__', cents: '0' },
    ]
    expect(answer('distribution', text)).toEqual({ parts, sumCents: '2' })
    expect(runCompute('distribution', new TextEncoder().encode(text))).toEqual(
      runCompute('distribution', text),
    )
  })

  it('takes numbers far beyond 64 bits', () => {
    const amountCents = `1${'0'.repeat(400)}`
    const shares = [{ id: 'a', cents: '9'.repeat(300) }]
    expect(answer('distribution', { amountCents, shares })).toMatchObject({ sumCents: amountCents })
  })

  it('orders ids by code point', () => {
    const shares = ['\u{1f600}', '\uff5e'].map((id) => ({ id, cents: '1' }))
    expect(answer('distribution', { amountCents: '1', shares })).toMatchObject({
      parts: [{ cents: '0' }, { cents: '1' }],
    })
  })
})

describe('refused as JSON', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'input'],
    ['white space', ' \n', 'input'],
    ['a byte order mark', '\ufeff{}', 'input'],
    ['no JSON', 'hallo', 'input'],
    ['a second document', '{} {}', 'input'],
    ['garbage behind it', `${JSON.stringify(distribution)}x`, 'input'],
    ['an open end', '{"amountCents":"5"', 'input'],
    ['an open text', '{"amountCents":"5', 'input'],
    ['an open escape', '{"amountCents":"5\\', 'input'],
    ['a trailing comma', '{"amountCents":"5",}', 'input'],
    ['a comma too many', '{"shares":[,]}', 'input'],
    ['single quotes', "{'amountCents':'5'}", 'input'],
    ['a bare key', '{amountCents:"5"}', 'input'],
    ['a comment', '{} // klaar', 'input'],
    ['a wrong escape', '{"amountCents":"\\x35"}', 'input'],
    ['a short escape', '{"amountCents":"\\u35"}', 'input'],
    ['a line break in a text', '{"amountCents":"5\n"}', 'input'],
    ['NaN', '{"amountCents":NaN}', 'input'],
    ['a leading zero', '{"amountCents":05}', 'input'],
    ['a no-break space', '\u00a0{}', 'input'],
    ['deep nesting', '['.repeat(1_000_000), 'input'],
    ['deep nesting of objects', '{"a":'.repeat(1_000_000), 'input'],
    ['a repeated key', '{"amountCents":"5","amountCents":"5","shares":[]}', 'amountCents'],
    ['a repeated key below', '{"shares":[{"id":"a","cents":"1"},{"id":"b","id":"c"}]}', 'shares[1].id'],
    ['a repeated key in another spelling', '{"shares":[{"id":"a","\\u0069d":"b"}]}', 'shares[0].id'],
    ['a repeated __proto__', '{"__proto__":{},"__proto__":{}}', '__proto__'],
    ['half a surrogate pair', '{"shares":[{"id":"\\ud800"}]}', 'shares[0].id'],
    ['half a pair, raw', '{"shares":[{"id":"\udc00"}]}', 'shares[0].id'],
    ['half a pair in a key', '{"shares":[{"id":"a","\\ud800":1}]}', 'shares[0]'],
  ])('%s', (_, input, path) => {
    expect(refusal('distribution', input).path).toBe(path)
  })

  it('bytes that are no UTF-8, and a byte order mark in bytes', () => {
    expect(refusal('distribution', Uint8Array.of(0x22, 0xff, 0x22)).path).toBe('input')
    expect(refusal('distribution', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)).path).toBe('input')
  })

  it('says where', () => {
    expect(refusal('distribution', '{\n  "amountCents": 05\n}').message).toContain('regel 2, kolom 19')
  })
})

describe('refused by shape', () => {
  it.each(Object.keys(whole))('%s: anything but an object', (rule) => {
    for (const input of ['null', 'true', '[]', '"x"', '5', '[{}]'])
      expect(refusal(rule, input).path).toBe('input')
  })

  it.each(Object.keys(whole))('%s: each key that is missing, unknown, null or of another kind', (rule) => {
    for (const steps of keysOf(whole[rule])) {
      const path = pathOf(steps)
      if (!mayBeMissing(rule, path)) {
        expect(
          refusal(
            rule,
            changed(rule, steps, () => undefined),
          ).path,
          `without ${path}`,
        ).toBe(path)
      }
      for (const wrong of [{}, [], 5.5, -1, true, 'x', null]) {
        if (isRightKind(path, wrong) || (wrong === null && mayBeMissing(rule, path))) continue
        // An agreement without lines or indicators is one; what the report then states is not in it.
        if (path.startsWith('agreement.') && Array.isArray(wrong)) continue
        const found = refusal(
          rule,
          changed(rule, steps, () => wrong),
        ).path
        expect(found.startsWith(path), `${JSON.stringify(wrong)} at ${path} gave ${found}`).toBe(true)
      }
    }
  })

  it.each([
    ['distribution', [], 'extra'],
    ['distribution', ['shares', 1], 'shares[1].extra'],
    ['allocation', ['weights', 2], 'weights[2].extra'],
    ['coverage', ['cap'], 'cap.extra'],
    ['coverage', ['pledges', 0], 'pledges[0].extra'],
    ['verdict', ['tally'], 'tally.extra'],
    ['verdict', ['majority'], 'majority.extra'],
    ['verdict', ['quorum'], 'quorum.extra'],
    ['membership', ['events', 1], 'events[1].extra'],
  ] as const)('%s: an unknown key in %j', (rule, steps, path) => {
    expect(
      refusal(
        rule,
        changed(rule, steps, (old) => ({ ...(old as Json), extra: 1 })),
      ).path,
    ).toBe(path)
  })

  it('names a misspelt key and the one that it misses', () => {
    const { message } = refusal('distribution', '{"amountCents":"5","share":[]}')
    expect(message).toMatch(/^share: .*shares ontbreekt/)
  })

  it.each(['__proto__', 'constructor', 'toString', 'a.b', 'a\nb\u2028\u001b[31m', '', 'x'.repeat(10_000)])(
    'an unknown key %#, whatever its name',
    (key) => {
      const input = JSON.stringify(distribution).replace('{', `{${JSON.stringify(key)}:1,`)
      expect(refusal('distribution', input).message.length).toBeLessThan(200)
    },
  )

  it.each(['', 'nope', '__proto__', 'constructor', 'x\ny'])('an unknown rule %j', (rule) => {
    expect(refusal(rule, '{}').message).toContain('distribution, allocation, coverage, verdict')
  })
})

describe('refused by value', () => {
  const amounts = [
    '',
    '00',
    '01',
    '-1',
    '+1',
    ' 1',
    '1 ',
    '1\n',
    '1.0',
    '1,0',
    '1e3',
    '0x1',
    '١',
    'x',
    '9'.repeat(1001),
  ]
  it.each(amounts)('the amount %j', (text) => {
    expect(
      refusal(
        'distribution',
        changed('distribution', ['amountCents'], () => text),
      ).path,
    ).toBe('amountCents')
    const steps = ['shares', 1, 'cents']
    expect(
      refusal(
        'distribution',
        changed('distribution', steps, () => text),
      ).path,
    ).toBe('shares[1].cents')
  })

  const fractions = [
    '',
    '1',
    '0/1',
    '1/0',
    '3/2',
    '01/2',
    '1/02',
    '-1/2',
    '1/2/3',
    ' 1/2',
    '1/2\n',
    '0.5',
    '0.5/1',
    '50%',
  ]
  it.each(fractions)('the fraction %j', (text) => {
    expect(
      refusal(
        'coverage',
        changed('coverage', ['rate'], () => text),
      ).path,
    ).toBe('rate')
    expect(
      refusal(
        'coverage',
        changed('coverage', ['cap', 'fraction'], () => text),
      ).path,
    ).toBe('cap.fraction')
    const majority = changed('verdict', ['majority', 'fraction'], () => text)
    expect(refusal('verdict', majority).path).toBe('majority.fraction')
    const quorum = changed('verdict', ['quorum', 'fraction'], () => text)
    expect(refusal('verdict', quorum).path).toBe('quorum.fraction')
  })

  it.each(['6.0', '6.5', '1e0', '6E0', '-0', '-1', '9007199254740992', '1e400', '"6"'])(
    'the count %s',
    (token) => {
      const input = JSON.stringify(verdict).replace('"for":6', `"for":${token}`)
      expect(refusal('verdict', input).path).toBe('tally.for')
    },
  )

  it.each<[string, string, (string | number)[], unknown, string]>([
    ['an empty list', 'distribution', ['shares'], [], 'shares'],
    ['an empty list', 'allocation', ['weights'], [], 'weights'],
    ['a total of 0', 'distribution', ['shares'], [{ id: 'a', cents: '0' }], 'shares'],
    ['a repeated id', 'distribution', ['shares', 1, 'id'], 'a', 'shares[1].id'],
    ['a repeated id', 'allocation', ['weights', 2, 'id'], 'x', 'weights[2].id'],
    ['a repeated holder of the cap', 'coverage', ['cap', 'holders', 1], 'zorgbelang', 'cap.holders[1]'],
    ['more present than electors', 'verdict', ['present'], 21, 'present'],
    ['more votes than present', 'verdict', ['tally', 'invalid'], 3, 'tally'],
    ['another base', 'verdict', ['majority', 'base'], 'Cast', 'majority.base'],
    ['another word for blank', 'verdict', ['blank'], 'counted', 'blank'],
    ['a day that does not exist', 'membership', ['events', 1, 'on'], '2019-02-29', 'events[1].on'],
    ['a day that does not exist', 'membership', ['asOf'], '2019-2-1', 'asOf'],
    ['an instant without offset', 'membership', ['knownAt'], '2019-01-01T12:00:00', 'knownAt'],
    ['a day as instant', 'membership', ['events', 0, 'recordedAt'], '2019-01-01', 'events[0].recordedAt'],
    ['another type', 'membership', ['events', 0, 'type'], 'Admitted', 'events[0].type'],
    ['another kind', 'membership', ['events', 0, 'kind'], 'Voting', 'events[0].kind'],
    ['a kind that is none', 'membership', ['events', 0, 'kind'], null, 'events[0].kind'],
    ['a kind where none belongs', 'membership', ['events', 1, 'kind'], 'voting', 'events[1].kind'],
    ['a correction of itself', 'membership', ['events', 1, 'corrects'], 1, 'events[1].corrects'],
    ['a correction of what comes later', 'membership', ['events', 0, 'corrects'], 1, 'events[0].corrects'],
    ['a correction of nothing', 'membership', ['events', 1, 'corrects'], null, 'events[1].corrects'],
    ['a correction of less than nothing', 'membership', ['events', 1, 'corrects'], -1, 'events[1].corrects'],
    ['a correction by text', 'membership', ['events', 1, 'corrects'], '0', 'events[1].corrects'],
    ['void as text', 'membership', ['events', 1, 'void'], 'true', 'events[1].void'],
  ])('%s in %s', (_, rule, steps, value, path) => {
    expect(
      refusal(
        rule,
        changed(rule, steps, () => value),
      ).path,
    ).toBe(path)
  })

  it('an empty list and a total of 0 also when there is nothing to divide', () => {
    expect(refusal('distribution', '{"amountCents":"0","shares":[]}').path).toBe('shares')
    expect(refusal('allocation', '{"amountCents":"0","weights":[{"id":"a","weight":"0"}]}').path).toBe(
      'weights',
    )
  })
})

describe('any input', () => {
  it('is answered or refused, never worse', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...computeRules),
        fc.nat(),
        fc.nat(3),
        fc.string({ unit: 'binary', maxLength: 2 }),
      )
      .map(([rule, at, cut, put]) => {
        const text = JSON.stringify(whole[rule])
        const start = at % text.length
        return { rule, text: text.slice(0, start) + put + text.slice(start + cut) }
      })
    fc.assert(
      fc.property(damaged, ({ rule, text }) => {
        let output: string | undefined
        try {
          output = runCompute(rule, text).output
        } catch (error) {
          if (!(error instanceof BadInput)) throw error
          expect(error.message).not.toContain('\n')
        }
        // What we accept, JSON.parse accepts too.
        if (output !== undefined) expect(() => JSON.parse(text)).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('reads the same as JSON.parse where that loses nothing', () => {
    const anyShares = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(anyShares, fc.nat(), (ids, amount) => {
        const shares = ids.map((id) => ({ id, cents: '1' }))
        const { parts } = answer('distribution', { amountCents: String(amount), shares }) as {
          parts: { id: string }[]
        }
        expect(parts.map(({ id }) => id)).toEqual(ids)
      }),
    )
  })
})

describe('a hundred thousand entries', () => {
  it('take seconds at most, ties and repeated names included', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `lid-${(index * 7919) % 100_000}`)
    const shares = ids.map((id) => ({ id, cents: '1' }))
    const started = performance.now()
    expect(answer('distribution', { amountCents: '150001', shares })).toMatchObject({ sumCents: '150001' })
    const pledges = ids.map((holder) => ({ holder, cents: '1' }))
    const many = { ...coverage, cap: { ...coverage.cap, holders: ids }, pledges }
    expect(answer('coverage', many)).toMatchObject({ pledgedCents: '100000' })
    const events = ids.map(() => membership.events[0])
    expect(answer('membership', { ...membership, events })).toMatchObject({ mayVote: true })
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

/** The few of the wrong values above that are right in some place. */
/** What a report leaves out was not filled in; the quarter before is compared as far as it is there. */
function mayBeMissing(rule: string, path: string): boolean {
  return rule === 'report' && /^(report|previous)\.\w+(\[\d+\]\.(?!id$)\w+)?$/.test(path)
}

function isRightKind(path: string, value: unknown): boolean {
  if (Array.isArray(value))
    return ['pledges', 'cap.holders', 'events'].includes(path) || /^(report|previous)\.\w+$/.test(path)
  if (value === null) return path === 'quorum' || path === 'previous'
  if (typeof value === 'object') return path === 'report' || path === 'previous'
  if (value === true) return path.endsWith('.strict')
  return value === 'x' && /\.(id|holder|explanation)$/.test(path)
}

/** Every key of a document, as steps from the top. */
function keysOf(value: unknown, steps: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => {
    if (Array.isArray(value)) return keysOf(member, [...steps, Number(key)])
    return [[...steps, key], ...keysOf(member, [...steps, key])]
  })
}

function pathOf(steps: readonly (string | number)[]): string {
  return steps
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('')
}

/** The whole document of a rule as JSON, with one value replaced, or left out when it becomes undefined. */
function changed(
  rule: string,
  steps: readonly (string | number)[],
  change: (old: unknown) => unknown,
): string {
  const replace = (value: unknown, at: number): unknown => {
    if (at === steps.length) return change(value)
    const copy = structuredClone(value) as Record<string | number, unknown>
    copy[steps[at]!] = replace(copy[steps[at]!], at + 1)
    return copy
  }
  return JSON.stringify(replace(whole[rule], 0))
}
