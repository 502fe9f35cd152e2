import { describe, expect, it } from 'vitest'
import { paperBlocks } from './paper-blocks.js'

describe('minutes on paper', () => {
  it('have every part in order, facts before what was typed', () => {
    const content = {
      ...{ title: 'T', subtitle: 'S' },
      sections: [
        {
          ...{ key: 'a', heading: '1. Werkplan', remarks: 'Een.\n\nTwee.' },
          facts: [
            { kind: 'line' as const, text: 'Feit.' },
            { kind: 'list' as const, label: 'Aanwezig', items: ['Lid 1'] },
            { kind: 'quote' as const, label: 'Tekst', text: '**Vet**' },
          ],
        },
      ],
    }
    expect(paperBlocks(content, (typed) => typed.replaceAll('**', ''))).toEqual([
      { kind: 'heading', text: '1. Werkplan', level: 2 },
      { kind: 'paragraph', text: 'Feit.' },
      { kind: 'paragraph', text: 'Aanwezig:' },
      { kind: 'list', items: ['Lid 1'] },
      { kind: 'note', heading: 'Tekst', text: 'Vet' },
      { kind: 'heading', text: 'Verslag', level: 3 },
      { kind: 'paragraph', text: 'Een.' },
      { kind: 'paragraph', text: 'Twee.' },
    ])
  })
})
