import type { Fact, MinutesContent, Section } from './minutes.js'

/**
 * The text of the minutes that is hashed and signed: every fact and every remark, in order, in UTF-8 with plain line ends.
 * The same content is always the same text; what comes from the log and what was typed are marked apart.
 */
export function canonicalText({ title, subtitle, sections }: MinutesContent): string {
  return `${[title, subtitle, ...sections.map(sectionText)].join('\n\n')}\n`.normalize('NFC')
}

function sectionText({ heading, facts, remarks }: Section): string {
  const typed = remarks ? [`Verslag:\n${indented(remarks)}`] : []
  return [`== ${heading}`, ...facts.map(factText), ...typed].join('\n')
}

function factText(fact: Fact): string {
  switch (fact.kind) {
    case 'line':
      return fact.text
    case 'list':
      return [`${fact.label}:`, ...fact.items.map((item) => `- ${item}`)].join('\n')
    case 'quote':
      return `${fact.label}:\n${indented(fact.text)}`
  }
}

/** A text of someone else can't look like a heading or a fact of ours: each of its lines begins with a bar. */
function indented(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((one) => `| ${one}`.trimEnd())
    .join('\n')
}
