import type { InterventionState, Steps } from './steps.js'

/** Anyone concerned may answer at every step; who gave the signal may end it with the reason. */
const always = {
  respond: { by: ['staff', 'director', 'counterparty'], to: 'same' },
  resolve: { by: ['staff'], to: 'resolved' },
  withdraw: { by: ['staff'], to: 'withdrawn' },
} as const

/** More time, given by who waits for it. */
const extendedBy = (waiting: 'staff' | 'counterparty') => ({ extend: { by: [waiting], to: 'same' } }) as const

/**
 * From a signal by the serviceteam to the end of an intervention. Silence counts against whose turn it is: without a
 * plan there is no improvement period; a plan, an improvement or an intervention that is not judged in time favours
 * the counterparty.
 */
export const interventionSteps: Steps<InterventionState> = {
  signalled: {
    ...{ turn: ['staff'], within: 'conversationDays', silence: 'lapsed' },
    acts: {
      planConversation: { by: ['staff'], to: 'conversationPlanned' },
      holdConversation: { by: ['staff'], to: 'planDue' },
      ...extendedBy('counterparty'),
      ...always,
    },
  },
  conversationPlanned: {
    ...{ turn: ['staff', 'counterparty'], within: 'meetingDay', silence: 'planDue' },
    acts: {
      planConversation: { by: ['staff'], to: 'conversationPlanned' },
      holdConversation: { by: ['staff'], to: 'planDue' },
      ...always,
    },
  },
  planDue: {
    ...{ turn: ['counterparty'], within: 'recoveryPlanDays', silence: 'interventionOpen' },
    acts: {
      submitPlan: { by: ['counterparty'], to: 'planSubmitted' },
      planConversation: { by: ['staff'], to: 'conversationPlanned' },
      holdConversation: { by: ['staff'], to: 'same' },
      ...extendedBy('staff'),
      ...always,
    },
  },
  planSubmitted: {
    ...{ turn: ['staff'], within: 'answerDays', silence: 'improving' },
    acts: {
      acceptPlan: { by: ['staff'], to: 'improving' },
      returnPlan: { by: ['staff'], to: 'improvedPlanDue' },
      ...extendedBy('counterparty'),
      ...always,
    },
  },
  improvedPlanDue: {
    ...{ turn: ['counterparty'], within: 'recoveryPlanDays', silence: 'interventionOpen' },
    acts: {
      submitPlan: { by: ['counterparty'], to: 'improvedPlanSubmitted' },
      ...extendedBy('staff'),
      ...always,
    },
  },
  improvedPlanSubmitted: {
    ...{ turn: ['staff'], within: 'answerDays', silence: 'improving' },
    acts: {
      acceptPlan: { by: ['staff'], to: 'improving' },
      rejectPlan: { by: ['staff'], to: 'interventionOpen' },
      ...extendedBy('counterparty'),
      ...always,
    },
  },
  improving: {
    ...{ turn: ['counterparty'], within: 'improvementDays', silence: 'judging' },
    acts: { ...extendedBy('staff'), ...always },
  },
  judging: {
    ...{ turn: ['staff'], within: 'answerDays', silence: 'lapsed' },
    acts: {
      judgeInsufficient: { by: ['staff'], to: 'interventionOpen' },
      ...extendedBy('counterparty'),
      ...always,
    },
  },
  interventionOpen: {
    ...{ turn: ['staff'], within: 'improvementDays', silence: 'lapsed' },
    acts: {
      beginGuidance: { by: ['staff'], to: 'guided' },
      proposeTakeover: { by: ['staff'], to: 'takeoverProposed' },
      resumeImprovement: { by: ['staff'], to: 'improving' },
      ...always,
    },
  },
  takeoverProposed: {
    ...{ turn: ['director'], within: 'answerDays', silence: 'interventionOpen' },
    acts: {
      confirmTakeover: { by: ['director'], to: 'takenOver' },
      refuseTakeover: { by: ['director'], to: 'interventionOpen' },
      ...always,
    },
  },
  guided: {
    ...{ turn: ['staff'], within: 'improvementDays', silence: 'lapsed' },
    acts: {
      continueIntervention: { by: ['staff'], to: 'guided' },
      proposeTakeover: { by: ['staff'], to: 'takeoverProposed' },
      conclude: { by: ['staff'], to: 'concluded' },
      ...always,
    },
  },
  takenOver: {
    ...{ turn: ['staff', 'director'], within: 'improvementDays', silence: 'lapsed' },
    acts: {
      continueIntervention: { by: ['director'], to: 'takenOver' },
      conclude: { by: ['staff', 'director'], to: 'concluded' },
      ...always,
    },
  },
}
