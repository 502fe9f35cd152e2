import type { Day } from '#kernel'
import { type Fact, line } from './minutes.js'
import { pollFacts } from './poll-facts.js'
import type { RecordedAmendment, RecordedMotion } from './record.js'
import { atMoment, because } from './words.js'

/** A motion with its texts, its amendments in the order of voting, its polls, and its withdrawal. */
export function motionFacts(motion: RecordedMotion, heldOn: Day): Fact[] {
  const { question, proposer, submittedText, text, withdrawn, amendments, polls } = motion
  const amended = text !== null && submittedText !== null && text !== submittedText
  return [
    line(`Voorstel${proposer ? ` van ${proposer}` : ''}: ${question}`),
    ...quoted(amended ? 'Tekst zoals ingediend' : 'Tekst van het voorstel', submittedText ?? text),
    ...amendments.flatMap((amendment) => amendmentFacts(amendment, heldOn)),
    ...(amended ? quoted('Tekst zoals gewijzigd', text) : []),
    ...polls.flatMap((poll) =>
      pollFacts(
        poll.text === text || poll.text === submittedText ? { ...poll, text: null } : poll,
        'het voorstel',
        heldOn,
      ),
    ),
    ...(withdrawn
      ? [line(`Het voorstel is ingetrokken ${atMoment(withdrawn.at, heldOn)}.${because(withdrawn.reason)}`)]
      : []),
    ...(!withdrawn && polls.length === 0 ? [line('Over dit voorstel is niet gestemd.')] : []),
  ]
}

function amendmentFacts(amendment: RecordedAmendment, heldOn: Day): Fact[] {
  const { number, title, proposer, text, withdrawnAt, lapsed, polls } = amendment
  const name = title || `Amendement ${number}`
  const subject = `amendement ${number}`
  return [
    line(`${name}${proposer ? `, van ${proposer}` : ''}.`),
    ...quoted(`Tekst volgens ${subject}`, text),
    ...polls.flatMap((poll) =>
      pollFacts({ ...poll, text: poll.text === text ? null : poll.text }, subject, heldOn),
    ),
    ...(withdrawnAt ? [line(`Ingetrokken ${atMoment(withdrawnAt, heldOn)}: ${subject}.`)] : []),
    ...(lapsed
      ? [line(`Vervallen verklaard ${atMoment(lapsed.at, heldOn)}: ${subject}.${because(lapsed.reason)}`)]
      : []),
  ]
}

const quoted = (label: string, text: string | null): Fact[] =>
  text === null || text.trim() === '' ? [] : [{ kind: 'quote', label, text }]
