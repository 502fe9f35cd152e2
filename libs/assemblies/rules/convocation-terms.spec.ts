import { describe, expect, it } from 'vitest'
import { type ConvocationCase, checkConvocation, lastDayFor } from './convocation-terms.js'

const item = (more: Partial<ConvocationCase['items'][number]> = {}) => ({
  number: 1,
  title: 'Werkplan',
  type: 'resolution' as const,
  decisionType: 'ordinary' as const,
  isNew: true,
  papers: 0,
  verbatimOn: null,
  ...more,
})
const given = (more: Partial<ConvocationCase> = {}): ConvocationCase => ({
  today: '2020-03-01',
  heldOn: '2020-03-16',
  items: [item()],
  place: 'Podium Oost',
  onlineAddress: null,
  ordinary: { days: 14, article: 'artikel 16 lid 1' },
  statuteChange: { days: 14, article: 'artikel 24 lid 3' },
  fullyDigital: { value: false, article: 'artikel 16 lid 4' },
  recipients: 51,
  unreachable: [],
  requestedBefore: null,
  ...more,
})
const change = (verbatimOn: string | null) => item({ decisionType: 'statuteChange' as never, verbatimOn })

describe('convening', () => {
  it.each<[string, Partial<ConvocationCase>, string[]]>([
    ['fourteen full days', {}, []],
    ['one day less', { heldOn: '2020-03-15' }, ['refuse tooShort artikel 16 lid 1']],
    ['over 29 February', { today: '2020-02-20', heldOn: '2020-03-06' }, []],
    ['over the summer time', { today: '2020-03-20', heldOn: '2020-04-04' }, []],
    ['yesterday', { heldOn: '2020-02-29' }, ['refuse past null']],
    ['nothing on the agenda', { items: [] }, ['refuse noItems null']],
    ['nothing new', { items: [item({ isNew: false })] }, ['refuse noItems null']],
    ['accounts without papers', { items: [item({ type: 'accounts' })] }, ['refuse noPapers BW 2:58']],
    ['accounts with papers', { items: [item({ type: 'accounts', papers: 1 })] }, []],
    ['discharge alone', { items: [item({ type: 'discharge' })] }, ['warn dischargeAlone BW 2:58']],
    ['online only', { place: '', onlineAddress: 'https://x' }, ['refuse digitalOnly artikel 16 lid 4']],
    [
      'online only where the statutes allow it',
      { place: '', onlineAddress: 'https://x', fullyDigital: { value: true, article: 'a' } },
      [],
    ],
    ['nowhere', { place: '' }, ['refuse nowhere null']],
    ['nobody to convene', { recipients: 0 }, ['refuse nobody null']],
    ['a member without address', { unreachable: ['Lid 9'] }, ['warn noAddress BW 2:41']],
    ['a change of the statutes', { items: [change('2020-03-01')] }, []],
    ['its text still to come', { items: [change(null)] }, ['warn verbatimMissing BW 2:42']],
    [
      'a short term of the statutes for it: the law asks seven days',
      {
        heldOn: '2020-03-08',
        ordinary: { days: 2, article: 'artikel 16' },
        statuteChange: { days: 3, article: 'artikel 24' },
        items: [change('2020-03-01')],
      },
      ['refuse tooShort BW 2:42'],
    ],
    [
      'seven full days are enough then',
      {
        heldOn: '2020-03-09',
        ordinary: { days: 2, article: 'artikel 16' },
        statuteChange: { days: 3, article: 'artikel 24' },
        items: [change('2020-03-01')],
      },
      [],
    ],
    [
      'its text less than five full days before',
      {
        today: '2020-03-11',
        ordinary: { days: 0, article: 'x' },
        items: [change('2020-03-11')],
      },
      ['refuse tooShort artikel 24 lid 3', 'refuse verbatimLate BW 2:42'],
    ],
    ['later than members may ask', { requestedBefore: '2020-03-15' }, ['warn requestTooLate BW 2:41']],
    [
      'what went out before is not judged again',
      {
        heldOn: '2020-03-16',
        items: [item({ isNew: false, type: 'accounts' }), item()],
      },
      [],
    ],
  ])('%s', (_, more, expected) => {
    expect(
      checkConvocation(given(more)).map(({ weight, code, article }) => `${weight} ${code} ${article}`),
    ).toEqual(expected)
  })

  it('says until when it was possible and from when it is', () => {
    const [finding] = checkConvocation(given({ heldOn: '2020-03-10' }))
    expect(finding).toMatchObject({
      params: { days: '14', latest: '2020-02-24', earliest: '2020-03-16' },
      mend: 'day',
    })
  })

  it('on the last day is possible, the day after is not', () => {
    const heldOn = '2020-03-31'
    const last = lastDayFor(heldOn, 14)
    expect(checkConvocation(given({ heldOn, today: last }))).toEqual([])
    expect(checkConvocation(given({ heldOn, today: '2020-03-17' }))[0]).toMatchObject({ code: 'tooShort' })
  })
})
