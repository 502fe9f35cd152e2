import type { Fact, MinutesContent, Section } from './minutes.js'

/** What the minutes look like on paper: the same parts in the same order as the text that is signed. */
export type PaperBlock =
  | { kind: 'heading'; text: string; level: 2 | 3 }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'note'; heading: string; text: string }

/** @param plain takes the marks out of a typed text */
export function paperBlocks({ sections }: MinutesContent, plain: (typed: string) => string): PaperBlock[] {
  return sections.flatMap((section) => sectionBlocks(section, plain))
}

function sectionBlocks({ heading, facts, remarks }: Section, plain: (typed: string) => string): PaperBlock[] {
  return [
    { kind: 'heading', text: heading, level: 2 },
    ...facts.flatMap((fact) => factBlocks(fact, plain)),
    ...(remarks ? [{ kind: 'heading' as const, text: 'Verslag', level: 3 as const }] : []),
    ...paragraphs(plain(remarks)),
  ]
}

function factBlocks(fact: Fact, plain: (typed: string) => string): PaperBlock[] {
  switch (fact.kind) {
    case 'line':
      return [{ kind: 'paragraph', text: fact.text }]
    case 'list':
      return [
        { kind: 'paragraph', text: `${fact.label}:` },
        { kind: 'list', items: fact.items },
      ]
    case 'quote':
      return [{ kind: 'note', heading: fact.label, text: plain(fact.text) }]
  }
}

const paragraphs = (text: string): PaperBlock[] =>
  text
    .split(/\n{2,}/)
    .filter((one) => one.trim() !== '')
    .map((one) => ({ kind: 'paragraph', text: one }))
