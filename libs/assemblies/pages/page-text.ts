import type { Language, Messages, Text } from '#platform'
import type { FrozenThreshold, PollRule } from '../rules/poll-rule.js'

export type { Text } from '#platform'

/** The texts of this library. */
export function textsOf(messages: Messages, lang: Language): Text {
  return messages.under(lang, 'assemblies')
}

/** A frozen rule as lines of a summary list: what is asked, with its article. */
export function ruleInWords(text: Text, rule: PollRule): { label: string; value: string; note: string }[] {
  const { majority, quorum, blank, tie } = rule
  return [
    {
      label: text('rule.majority'),
      value: thresholdInWords(text, majority, text(`rule.base.${majority.base}`)),
      note: majority.article,
    },
    {
      label: text('rule.quorum'),
      value: quorum.required
        ? thresholdInWords(text, quorum.required, text('rule.base.quorum'))
        : text('rule.noQuorum'),
      note: quorum.article,
    },
    { label: text('rule.blank'), value: text(`rule.blankVotes.${blank.counts}`), note: blank.article },
    ...(tie ? [{ label: text('rule.tie'), value: text(`rule.ties.${tie.means}`), note: tie.article }] : []),
  ]
}

function thresholdInWords(text: Text, { fraction, strict }: FrozenThreshold, base: string): string {
  const known = SHARES[fraction]
  const share = known ? text(`rule.share.${known}`) : text('rule.share.other', { fraction })
  return text(strict ? 'rule.moreThan' : 'rule.atLeast', { share, base })
}

const SHARES: Record<string, string> = {
  '1/1': 'all',
  '1/2': 'half',
  '1/3': 'third',
  '2/3': 'twoThirds',
  '1/4': 'quarter',
  '3/4': 'threeQuarters',
}
