import type { NoticeOfDefaultState, Steps } from './steps.js'

/** Everyone concerned may answer at every step; who gave the notice may end it with the reason. */
const always = {
  respond: { by: ['counterparty', 'director', 'chair'], to: 'same' },
  resolve: { by: ['counterparty'], to: 'resolved' },
  withdraw: { by: ['counterparty'], to: 'withdrawn' },
} as const

const extendedByCounterparty = { extend: { by: ['counterparty'], to: 'same' } } as const

/**
 * From a notice of default by the counterparty to a decision of the ALV, of which every wijkcoöperatie is a member
 * (subsidy application 2018, § 9.7). Silence counts against whose turn it is: without an answer mediation opens by
 * itself, without an end to the mediation the way to the ALV is open.
 */
export const noticeOfDefaultSteps: Steps<NoticeOfDefaultState> = {
  noticeGiven: {
    ...{ turn: ['director'], within: 'answerDays', silence: 'mediating' },
    acts: {
      answerNotice: { by: ['director'], to: 'answered' },
      ...extendedByCounterparty,
      ...always,
    },
  },
  answered: {
    ...{ turn: ['counterparty'], within: 'answerDays', silence: 'lapsed' },
    acts: {
      askMediation: { by: ['counterparty'], to: 'mediating' },
      ...always,
    },
  },
  mediating: {
    ...{ turn: ['chair'], within: 'mediationDays', silence: 'assemblyOpen' },
    acts: {
      planConversation: { by: ['chair'], to: 'same' },
      settle: { by: ['chair'], to: 'settled' },
      endMediation: { by: ['chair'], to: 'assemblyOpen' },
      ...extendedByCounterparty,
      ...always,
    },
  },
  assemblyOpen: {
    ...{ turn: ['counterparty'], within: 'mediationDays', silence: 'lapsed' },
    acts: {
      putToAssembly: { by: ['counterparty', 'chair'], to: 'onAgenda' },
      settle: { by: ['chair'], to: 'settled' },
      ...always,
    },
  },
  onAgenda: {
    ...{ turn: [], within: 'assemblyDay', silence: null },
    acts: { settle: { by: ['chair'], to: 'settled' }, ...always },
  },
}
