import { describe, expect, it } from 'vitest'
import { canonicalText } from './canonical-text.js'
import { draft } from './draft.js'
import type { RecordedItem, RecordedMotion, RecordedPoll, RecordOfAssembly } from './record.js'

/** On the clock of Amsterdam in winter: 20:00 and so many minutes. */
const at = (minute: number) => new Date(Date.UTC(2020, 1, 15, 19, minute))
const quorum = { present: 3, electorate: 4, needed: 2, reached: true }

const poll: RecordedPoll = {
  openedAt: at(10),
  closedAt: at(14),
  text: null,
  entered: 0,
  byProxy: 0,
  inAdvance: 0,
  onPaper: false,
  result: {
    tally: { for: 2, against: 1, blank: 0 },
    quorum,
    reason: '2 van de 3 uitgebrachte stemmen waren voor. Het voorstel is aangenomen.',
    adopted: true,
    declaredAt: at(15),
    decision: '2020-01',
  },
  voided: null,
  isRevote: false,
  replaces: null,
  challenge: null,
  rulings: [],
}
const motion: RecordedMotion = {
  question: 'Stelt de ALV het werkplan vast?',
  proposer: null,
  submittedText: null,
  text: null,
  withdrawn: null,
  amendments: [],
  polls: [poll],
}
const item = (changes: Partial<RecordedItem> = {}): RecordedItem => ({
  id: 'a',
  position: 1,
  title: 'Werkplan',
  type: 'resolution',
  turns: [],
  speakers: [],
  conflicts: [],
  motion: null,
  ...changes,
})
const record = (changes: Partial<RecordOfAssembly> = {}): RecordOfAssembly => ({
  assembly: {
    title: 'Algemene ledenvergadering',
    kind: 'ordinary',
    heldOn: '2020-02-15',
    startsAt: at(0),
    endedAt: at(59),
    place: 'Podium Oost',
    onlineAddress: null,
    convenedOn: '2020-01-31',
  },
  officers: [],
  members: [],
  guests: [],
  opening: { at: at(0), quorum },
  items: [],
  adjournments: [],
  ...changes,
})
const textOf = (changes: Partial<RecordOfAssembly>) => canonicalText(draft(record(changes)))
const ofMotion = (changes: Partial<RecordedMotion>) =>
  textOf({ items: [item({ motion: { ...motion, ...changes } })] })
const ofPoll = (changes: Partial<RecordedPoll>) => ofMotion({ polls: [{ ...poll, ...changes }] })

describe('minutes drafted from the log', () => {
  it('begin with the name, the place, the officers and the quorum, and end with the close', () => {
    const officers = [
      { office: 'chair' as const, name: 'A. Bakker', standsIn: false, reason: '' },
      { office: 'secretary' as const, name: 'B. Visser', standsIn: true, reason: 'Ziekte' },
    ]
    expect(textOf({ officers })).toBe(`Notulen van de algemene ledenvergadering van 15 februari 2020

Algemene ledenvergadering. Gehouden in Podium Oost.

== Opening
De vergadering is geopend om 20.00 uur.
De leden zijn opgeroepen op 31 januari 2020.
Voorzitter: A. Bakker.
Waarnemend secretaris: B. Visser. Reden: Ziekte.
Bij de opening: 3 van de 4 stemmen waren aanwezig of vertegenwoordigd; nodig waren er ten minste 2. Het quorum was gehaald.

== Aanwezigheid
Van de 0 leden met stemrecht waren er 0 aanwezig, 0 vertegenwoordigd en 0 afwezig.

== Sluiting
De voorzitter sloot de vergadering om 20.59 uur.
`)
  })

  it('say who was there, from when to when, who was represented, and who was not (BW 2:38)', () => {
    const member = (number: number, changes: object) => ({
      ...{ number, name: `Lid ${number}`, mayVote: true, weight: 1, stays: [], heldBy: [], voted: null },
      ...changes,
    })
    const text = textOf({
      members: [
        member(1, {
          stays: [
            { from: at(0), until: at(20) },
            { from: at(30), until: null },
          ],
        }),
        member(2, { stays: [{ from: at(5), until: null }], heldBy: ['Lid 1'] }),
        member(3, { heldBy: ['Lid 1'] }),
        member(4, {}),
        member(5, { mayVote: false, stays: [{ from: at(1), until: null }] }),
        member(6, { mayVote: false }),
        member(7, { voted: 'there' }),
        member(8, { voted: 'inAdvance' }),
      ],
      guests: [{ name: 'De notaris', cameAt: at(2), leftAt: at(40) }],
    })
    expect(text).toContain(`Van de 6 leden met stemrecht waren er 3 aanwezig, 1 vertegenwoordigd en 2 afwezig.
Aanwezig:
- Lid 1 (lid 1), van 20.00 tot 20.20 uur en vanaf 20.30 uur
- Lid 2 (lid 2), vanaf 20.05 uur; op andere momenten vertegenwoordigd door Lid 1
- Lid 7 (lid 7), nam deel door te stemmen
Vertegenwoordigd met volmacht:
- Lid 3 (lid 3), door Lid 1
Afwezig:
- Lid 4 (lid 4)
- Lid 8 (lid 8), stemde vooraf
Aanwezig zonder stemrecht:
- Lid 5 (lid 5), vanaf 20.01 uur
Gasten:
- De notaris, van 20.02 tot 20.40 uur
`)
  })

  it('say of an item its times, its speakers without their words, and conflicts of interest (BW 2:44)', () => {
    const text = textOf({
      items: [
        item({
          turns: [{ from: at(5), until: at(9) }],
          speakers: ['Lid 1', 'De notaris (gast)'],
          conflicts: [{ name: 'A. Bakker', office: 'chair', reason: 'Woont daar.', at: at(6) }],
        }),
        item({ id: 'b', position: 2, title: 'Rondvraag' }),
      ],
    })
    expect(text).toContain(`== 1. Werkplan
Behandeld van 20.05 tot 20.09 uur.
A. Bakker (voorzitter) meldde een tegenstrijdig belang bij dit punt (20.06 uur) en nam niet deel aan het besluit. Reden: Woont daar.
Het woord voerden: Lid 1 en De notaris (gast).

== 2. Rondvraag
Dit punt is niet behandeld.
`)
  })

  it('say nothing about times when none were logged', () => {
    expect(textOf({ items: [item()] })).toContain('== 1. Werkplan\n\n== Sluiting')
  })

  it('give a poll with its times, votes, quorum, verdict and decision', () => {
    expect(
      ofPoll({ byProxy: 2, entered: 1, inAdvance: 3 }),
    ).toContain(`Voorstel: Stelt de ALV het werkplan vast?
De stemming over het voorstel is geopend om 20.10 uur en gesloten om 20.14 uur.
Stemmen: 2 voor, 1 tegen, 0 blanco. Daarvan 3 vooraf, 2 met volmacht en 1 ingevoerd door de secretaris.
Uitslag, vastgesteld om 20.15 uur: 2 van de 3 uitgebrachte stemmen waren voor. Het voorstel is aangenomen.
Besluit 2020-01: aangenomen.
`)
  })

  const said: [string, Partial<RecordedPoll>, string][] = [
    [
      'voided',
      { voided: { at: at(16), reason: 'Verkeerd voorstel' }, result: null },
      'Deze stemming is om 20.16 uur ongeldig verklaard en telt niet. Reden: Verkeerd voorstel.',
    ],
    [
      'without a quorum to reach',
      { result: { ...poll.result!, quorum: { ...quorum, needed: null } } },
      'Bij de stemming: 3 van de 4 stemmen waren aanwezig of vertegenwoordigd; er geldt geen quorum.',
    ],
    ['without a result', { result: null }, 'Van deze stemming is geen uitslag vastgesteld.'],
    ['on paper', { onPaper: true }, 'en gesloten om 20.14 uur. Er is op papier gestemd.'],
    ['a re-vote', { isRevote: true }, 'De herstemming over het voorstel is geopend om 20.10 uur'],
    ['in the place of another', { replaces: '2020-02' }, 'Het komt in de plaats van besluit 2020-02.'],
    [
      'challenged in vain',
      {
        challenge: {
          at: at(16),
          by: 'Lid 1',
          reason: 'Ik telde anders',
          demanding: 1,
          majorityAt: null,
          replaced: false,
        },
      },
      'De uitslag is om 20.16 uur door Lid 1 betwist. Reden: Ik telde anders. 1 stem vroeg om een nieuwe stemming. Een meerderheid daarvoor kwam er niet: de uitslag bleef staan.',
    ],
    [
      'challenged by the majority (BW 2:13)',
      {
        challenge: {
          at: at(16),
          by: 'Lid 1',
          reason: 'Fout',
          demanding: 3,
          majorityAt: at(17),
          replaced: true,
        },
      },
      'Om 20.17 uur eiste de meerderheid een nieuwe stemming. Er is opnieuw gestemd.',
    ],
    [
      'with a ruling after it',
      { rulings: [{ at: at(59), office: 'chair', text: 'Lid 4 stemde tegen.', reason: 'Schrijffout' }] },
      'Verklaring van de voorzitter, 20.59 uur, bij besluit 2020-01: Lid 4 stemde tegen. Reden: Schrijffout.',
    ],
    ['on a text', { text: 'De tekst.' }, 'Tekst waarover is gestemd:\n| De tekst.\n'],
  ]
  it.each(said)('a poll that is %s', (_, changes, expected) => {
    expect(ofPoll(changes)).toContain(expected)
  })

  it('give a motion with its text, its amendments and the text as amended, each once', () => {
    const text = ofMotion({
      proposer: 'Lid 1',
      submittedText: 'Wij gaan.',
      text: 'Wij gaan niet.',
      polls: [{ ...poll, text: 'Wij gaan niet.' }],
      amendments: [
        {
          ...{ number: 1, title: 'Amendement 1: Werkplan', proposer: 'Lid 2', text: 'Wij gaan niet.' },
          ...{ withdrawnAt: null, lapsed: null, polls: [{ ...poll, text: 'Wij gaan niet.' }] },
        },
        {
          ...{ number: 2, title: 'Amendement 2: Werkplan', proposer: null, text: 'Nooit.' },
          ...{ withdrawnAt: at(8), lapsed: null, polls: [] },
        },
        {
          ...{ number: 3, title: 'Amendement 3: Werkplan', proposer: null, text: 'Ooit.' },
          ...{ withdrawnAt: null, lapsed: { at: at(9), reason: 'Past niet meer' }, polls: [] },
        },
      ],
    })
    expect(text).toContain(
      'Voorstel van Lid 1: Stelt de ALV het werkplan vast?\nTekst zoals ingediend:\n| Wij gaan.\n',
    )
    expect(text).toContain(
      'Amendement 1: Werkplan, van Lid 2.\nTekst volgens amendement 1:\n| Wij gaan niet.\n',
    )
    expect(text).toContain('De stemming over amendement 1 is geopend om 20.10 uur')
    expect(text).toContain('Ingetrokken om 20.08 uur: amendement 2.')
    expect(text).toContain('Vervallen verklaard om 20.09 uur: amendement 3. Reden: Past niet meer.')
    expect(text).toContain('Tekst zoals gewijzigd:\n| Wij gaan niet.\nDe stemming over het voorstel')
    expect(text).not.toContain('Tekst waarover is gestemd')
  })

  it('keep a withdrawn motion, and say of another that nobody voted', () => {
    const withdrawn = ofMotion({ polls: [], withdrawn: { at: at(7), reason: '' } })
    expect(withdrawn).toContain('Het voorstel is ingetrokken om 20.07 uur.\n')
    expect(withdrawn).not.toContain('niet gestemd')
    expect(ofMotion({ polls: [] })).toContain('Over dit voorstel is niet gestemd.')
  })

  it('say when the assembly was broken off, and when it went on', () => {
    const resumesAt = new Date(Date.UTC(2020, 1, 22, 19, 0))
    expect(textOf({ adjournments: [{ at: at(20), resumesAt, reason: 'Brand' }] })).toContain(
      'De vergadering is geschorst om 20.20 uur, en voortgezet op 22 februari 2020 om 20.00 uur. Reden: Brand.',
    )
  })

  it('name the day of what happened after midnight', () => {
    const endedAt = new Date(Date.UTC(2020, 1, 15, 23, 10))
    expect(textOf({ assembly: { ...record().assembly, endedAt } })).toContain(
      'De voorzitter sloot de vergadering op 16 februari 2020 om 00.10 uur.',
    )
  })
})
