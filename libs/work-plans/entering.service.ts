import { Inject, Injectable } from '@nestjs/common'
import { Files } from '#files'
import type { Day } from '#kernel'
import { Ids, type Tx, type Upload } from '#platform'
import { PLAN_FILE, planText } from './agreeing.service.js'
import type { Goal } from './rules/goals.js'
import type { Verdict } from './rules/judging.js'
import { insertJudgement, insertJudgementAnswer } from './store/judgement.store.js'
import { insertAnswer, insertVersion, writeDraft } from './store/plan.store.js'

interface Person {
  personId: string
  name: string
}

/** A plan that was agreed, and partly judged, outside Samen. */
export interface EarlierPlan {
  year: number
  goals: readonly Goal[]
  agreedOn: Day
  file: Upload
  recorded: { at: Date; by: Person }
  confirmed: { at: Date; by: Person }
  judgements: readonly {
    goalId: string
    verdict: Verdict
    evidence: string
    proposed: { at: Date; by: Person }
    confirmed: { at: Date; by: Person }
  }[]
}

/** Enters what came about elsewhere, in the caller's transaction. The rules are not looked at: that was done there. */
@Injectable()
export class PlanEntering {
  constructor(
    @Inject(Files) private readonly files: Files,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async enter(tx: Tx, earlier: EarlierPlan): Promise<void> {
    const { year, goals, agreedOn, recorded, confirmed } = earlier
    await writeDraft(tx, year, goals, recorded.by.personId, recorded.at)
    const { content, sha256 } = planText(year, goals)
    const file = await this.files.keep(tx, earlier.file, PLAN_FILE, recorded.by.personId)
    const versionId = this.ids.next()
    await insertVersion(tx, {
      ...{ id: versionId, year, version: 1, content, sha256, reason: '', agreedOn, fileId: file.id },
      ...{ recordedAt: recorded.at, recordedBy: recorded.by.personId },
    })
    await insertAnswer(tx, {
      ...{ versionId, sha256, answer: 'agreed', note: '', name: confirmed.by.name },
      ...{ answeredAt: confirmed.at, answeredBy: confirmed.by.personId },
    })
    for (const judgement of earlier.judgements) await this.judged(tx, year, versionId, judgement)
  }

  private async judged(
    tx: Tx,
    year: number,
    versionId: string,
    { goalId, verdict, evidence, proposed, confirmed }: EarlierPlan['judgements'][number],
  ): Promise<void> {
    const id = this.ids.next()
    const by = { name: proposed.by.name, proposedAt: proposed.at, proposedBy: proposed.by.personId }
    await insertJudgement(tx, { id, year, goalId, number: 1, versionId, verdict, evidence, ...by }, [])
    await insertJudgementAnswer(tx, {
      ...{ judgementId: id, answer: 'confirmed', view: '', name: confirmed.by.name },
      ...{ answeredAt: confirmed.at, answeredBy: confirmed.by.personId },
    })
  }
}
