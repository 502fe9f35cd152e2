import { type DynamicModule, Global, Module } from '@nestjs/common'
import { OutboxRelay } from '#platform'
import { NoticesDossier } from './dossier.service.js'
import { NoticeModels } from './notice-models.js'
import { NoticeSender } from './notice-sender.js'
import { NoticesConsumer } from './notices.consumer.js'
import { Notices } from './notices.service.js'
import { NoticesController } from './pages/notices.controller.js'

/** Writing notices and completing their models: for every library. */
@Global()
@Module({
  controllers: [NoticesController],
  providers: [NoticesDossier, Notices, NoticeModels],
  exports: [Notices, NoticeModels],
})
export class NoticesModule {}

/** Relay, queue consumer and mail: in the worker, or in the web process when it works inline. */
@Module({})
export class NoticesWorkerModule {
  static when(enabled: boolean): DynamicModule {
    return {
      module: NoticesWorkerModule,
      providers: enabled ? [NoticeSender, NoticesConsumer, OutboxRelay] : [],
    }
  }
}
