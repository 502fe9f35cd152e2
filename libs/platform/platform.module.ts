import { BullModule, InjectQueue } from '@nestjs/bullmq'
import {
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common'
import type { Queue } from 'bullmq'
import { DataSource, type DataSourceOptions } from 'typeorm'
import { LocalRoles } from './access/local-roles.js'
import { PersonalData } from './access/personal-data.js'
import { Audit } from './audit.js'
import { Clock } from './clock.js'
import { CONFIG, type Config } from './config/config.js'
import { DailyWork } from './daily-work.js'
import { createDataSource } from './database/data-source.js'
import { Database } from './database/database.js'
import { Ids } from './ids.js'
import { Limiter } from './limiter.js'
import { EventStreams } from './live/event-streams.js'
import { Live } from './live/live.js'
import { MailTransport } from './mail/mail-transport.js'
import { NOTICES_QUEUE, Outbox } from './outbox/outbox.js'
import { openQueueConnection, type QueueConnection } from './outbox/queue-connection.js'
import { Secrets } from './secrets.js'
import { Messages } from './text/messages.js'
import { Templates } from './text/templates.js'

const QUEUE_CONNECTION = Symbol('queue connection')

@Injectable()
class Connections implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Queue')

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(QUEUE_CONNECTION) private readonly queue: QueueConnection,
    @InjectQueue(NOTICES_QUEUE) private readonly notices: Queue,
  ) {}

  /** BullMQ connects again by itself; without a listener it prints the whole connection each time. */
  onModuleInit(): void {
    this.notices.on('error', (error) => this.logger.warn(error.message))
  }

  /** Last of all: Nest has closed queues and workers by then. */
  async onApplicationShutdown(): Promise<void> {
    await this.queue.close()
    if (this.source.isInitialized) await this.source.destroy()
  }
}

@Global()
@Module({})
export class QueueConnectionModule {
  static with(config: Config): DynamicModule {
    return {
      module: QueueConnectionModule,
      providers: [{ provide: QUEUE_CONNECTION, useFactory: () => openQueueConnection(config) }],
      exports: [QUEUE_CONNECTION],
    }
  }
}

/** Everything that domain libraries stand on: settings, database, clock, outbox, mail, texts. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, entities: DataSourceOptions['entities']): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        QueueConnectionModule.with(config),
        // The connection is injected into the queue itself: through BullModule.forRoot it is optional,
        // and a queue that comes first falls back on Redis at its default address.
        BullModule.registerQueueAsync({
          name: NOTICES_QUEUE,
          inject: [QUEUE_CONNECTION],
          useFactory: (queue: QueueConnection) => ({ connection: queue.connection as never }),
        }),
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        {
          provide: DataSource,
          useFactory: () =>
            createDataSource({
              url: config.databaseUrl,
              as: 'application',
              pool: config.databasePool,
              entities,
            }).initialize(),
        },
        { provide: Messages, useFactory: () => new Messages() },
        {
          provide: Templates,
          useFactory: (messages: Messages) => new Templates(messages),
          inject: [Messages],
        },
        Connections,
        Database,
        Clock,
        Ids,
        Audit,
        Outbox,
        MailTransport,
        Secrets,
        DailyWork,
        Limiter,
        LocalRoles,
        PersonalData,
        Live,
        EventStreams,
      ],
      exports: [
        CONFIG,
        DataSource,
        Messages,
        Templates,
        Database,
        Clock,
        Ids,
        Audit,
        Outbox,
        MailTransport,
        Secrets,
        DailyWork,
        Limiter,
        LocalRoles,
        PersonalData,
        Live,
        EventStreams,
        BullModule,
      ],
    }
  }
}
