import { Injectable } from '@nestjs/common'

type Complete = (model: Record<string, unknown>) => Promise<Record<string, unknown>>

/**
 * What a template shows beside the model that was kept: a library registers here how to complete
 * it at the moment of sending (sign-in links are made then, so that none is ever stored).
 */
@Injectable()
export class NoticeModels {
  private readonly completions = new Map<string, Complete>()

  complete(notice: string, by: Complete): void {
    this.completions.set(notice, by)
  }

  async modelFor(notice: string, model: Record<string, unknown>): Promise<Record<string, unknown>> {
    const completion = this.completions.get(notice)
    return completion ? { ...model, ...(await completion(model)) } : model
  }
}
