import { z } from 'zod'
import type { Violation } from '#kernel'
import { checkWrittenFile, type WrittenFile } from '../../../libs/written-decisions/rules/written-file.js'
import {
  aftermathShape,
  brokenFiles,
  decisionShape,
  hashOf,
  readPart,
  type Verification,
} from './proof-zip.js'

/** The format of the proof of a decision without a meeting (BW 2:40 lid 2). */
export const WRITTEN_FORMAT = 'samen-written-decision-1'

const parts = {
  'besluit.json': decisionShape,
  'verloop.json': z.strictObject({
    id: z.string(),
    reasoning: z.string(),
    decisionType: z.string(),
    proposedAt: z.string(),
    boardKnewAt: z.string(),
    openedAt: z.string(),
    openedOn: z.string(),
    closesOn: z.string(),
  }),
  'regel.json': z.strictObject({ kind: z.literal('unanimous'), article: z.string() }),
  'kieslijst.json': z.array(
    z.strictObject({
      memberId: z.string(),
      memberNumber: z.int().min(0),
      memberName: z.string(),
      atOpening: z.boolean(),
      atCount: z.boolean(),
    }),
  ),
  'antwoorden.json': z.array(
    z.strictObject({
      memberId: z.string(),
      choice: z.string(),
      answeredAt: z.string(),
      reference: z.string(),
    }),
  ),
  'uitslag.json': z.strictObject({
    asOf: z.string(),
    adopted: z.boolean(),
    reason: z.enum(['unanimous', 'against', 'silent', 'nobody']),
    recordedAt: z.string(),
  }),
  'daarna.json': aftermathShape,
}

const OUTCOMES: Record<WrittenFile['declared']['reason'], string> = {
  unanimous: 'Alle leden die mogen stemmen, zijn voor: genomen zonder vergadering.',
  against: 'Een lid was tegen: niet genomen.',
  silent: 'Niet alle leden antwoordden op tijd: niet genomen.',
  nobody: 'Er was geen lid dat mag stemmen: niet genomen.',
}

/**
 * Judges a decision without a meeting again from the files of its proof.
 * @throws BadInput when a file is missing or has another shape
 */
export function verifyWrittenDecision(
  files: Record<string, Uint8Array>,
  hashes: Readonly<Record<string, string>>,
): Verification {
  const broken = brokenFiles(Object.keys(parts), files, hashes)
  if (broken.length > 0) {
    const lines = broken.map((name) => `NIET IN ORDE: ${name} is veranderd nadat het bewijs is gemaakt.`)
    return { lines: [...lines, 'Het bewijs klopt niet.'], sound: false }
  }
  const file: WrittenFile = {
    decision: readPart('besluit.json', files, parts['besluit.json']),
    course: readPart('verloop.json', files, parts['verloop.json']),
    rule: readPart('regel.json', files, parts['regel.json']),
    electors: readPart('kieslijst.json', files, parts['kieslijst.json']),
    answers: readPart('antwoorden.json', files, parts['antwoorden.json']),
    declared: readPart('uitslag.json', files, parts['uitslag.json']),
  }
  const { rulings } = readPart('daarna.json', files, parts['daarna.json'])
  const problems = checkWrittenFile(file).map((one) => `NIET IN ORDE: ${inWords(one)}`)
  const sound = problems.length === 0
  const counted = file.electors.filter(({ atCount }) => atCount).length
  return {
    lines: [
      `Besluit ${file.decision.number}: ${file.decision.title}`,
      `Zonder vergadering. Leden die voor moeten zijn: ${counted}; antwoorden: ${file.answers.length}.`,
      ...problems,
      ...(sound ? [OUTCOMES[file.declared.reason]] : []),
      ...rulings.map(({ text }) => `Rectificatie: ${text}`),
      `Controlegetal van het bewijs: ${hashOf(files['manifest.json'])}`,
      sound ? 'Het bewijs klopt: opnieuw beoordeeld met dezelfde uitslag.' : 'Het bewijs klopt niet.',
    ],
    sound,
  }
}

const WORDS: Record<string, (params: Record<string, string>) => string> = {
  'elector.twice': ({ name }) => `${name} staat twee keer op de lijst van leden.`,
  'answer.twice': ({ name }) => `${name} heeft twee keer geantwoord.`,
  'answer.noElector': ({ name }) => `${name} staat niet op de lijst van leden.`,
  'answer.choice': ({ name }) => `het antwoord van ${name} is geen voor of tegen.`,
  'answer.outside': ({ name }) => `het antwoord van ${name} kwam niet tussen de opening en de uitslag.`,
  'board.late': () => 'het bestuur wist er pas na de opening van.',
  'outcome.differs': ({ declared, judged }) =>
    `de uitslag zegt ‘${declared}’, opnieuw beoordeeld is het ‘${judged}’.`,
  'decision.differs': () => 'het besluit zegt iets anders dan de uitslag.',
}

function inWords({ code, params = {} }: Violation): string {
  return WORDS[code.replace('writtenFile.', '')]?.(params) ?? code
}
