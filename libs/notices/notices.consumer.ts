import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq'
import { Inject, Logger } from '@nestjs/common'
import type { Job } from 'bullmq'
import { NOTICES_QUEUE } from '#platform'
import { NoticeSender } from './notice-sender.js'

/** Takes notices from the queue and mails them, a few at a time. */
@Processor(NOTICES_QUEUE, { concurrency: 4 })
export class NoticesConsumer extends WorkerHost {
  private readonly logger = new Logger(NoticesConsumer.name)

  constructor(@Inject(NoticeSender) private readonly sender: NoticeSender) {
    super()
  }

  async process(job: Job<{ noticeId: string }>): Promise<string> {
    return this.sender.send(job.data.noticeId)
  }

  /** BullMQ tries again by itself; without a listener it prints the whole connection, many times over. */
  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn(`Queue: ${error.message}`)
  }
}
