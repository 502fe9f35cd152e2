import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { Members } from './members.service.js'
import { MemberController } from './pages/member.controller.js'
import { MembersController } from './pages/members.controller.js'
import { MemberReading } from './reading.service.js'

@Module({
  imports: [IdentityModule],
  controllers: [MembersController, MemberController],
  providers: [Members, MemberReading],
  exports: [Members],
})
export class MembersModule {}
