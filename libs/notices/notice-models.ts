import { Injectable } from '@nestjs/common'
import type { MailAttachment } from '#platform'

type Complete = (model: Record<string, unknown>) => Promise<Record<string, unknown>>
type Attach = (model: Record<string, unknown>) => Promise<MailAttachment[]>

/**
 * What a template shows beside the model that was kept: a library registers here how to complete
 * it at the moment of sending (sign-in links are made then, so that none is ever stored).
 */
@Injectable()
export class NoticeModels {
  private readonly completions = new Map<string, Complete>()
  private readonly attachments = new Map<string, Attach>()

  complete(notice: string, by: Complete): void {
    this.completions.set(notice, by)
  }

  async modelFor(notice: string, model: Record<string, unknown>): Promise<Record<string, unknown>> {
    const completion = this.completions.get(notice)
    return completion ? { ...model, ...(await completion(model)) } : model
  }

  /** Says which files go with a notice: made when it is sent, from what the model refers to. */
  attach(notice: string, by: Attach): void {
    this.attachments.set(notice, by)
  }

  async attachmentsFor(notice: string, model: Record<string, unknown>): Promise<MailAttachment[]> {
    return (await this.attachments.get(notice)?.(model)) ?? []
  }
}
