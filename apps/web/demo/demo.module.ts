import { Global, Module } from '@nestjs/common'
import { SIGN_IN_SUGGESTIONS } from '#identity'
import { MembersModule } from '#members'
import { Messages } from '#platform'
import { DemoController } from './demo.controller.js'
import { DemoMailboxController } from './demo-mailbox.controller.js'
import { suggestPeople } from './suggest-people.js'

/** Only in the demo: the people as buttons, the clock, the mailbox. Absent otherwise. */
@Global()
@Module({
  imports: [MembersModule],
  controllers: [DemoController, DemoMailboxController],
  providers: [{ provide: SIGN_IN_SUGGESTIONS, useFactory: suggestPeople, inject: [Messages] }],
  exports: [SIGN_IN_SUGGESTIONS],
})
export class DemoModule {}
