import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { IdentityModule } from '#identity'
import { RegisteredContacts } from './contacts.service.js'
import { MembersDossier } from './dossier.service.js'
import { Entering } from './entering.service.js'
import { MemberList } from './list.service.js'
import { Members } from './members.service.js'
import { MemberController } from './pages/member.controller.js'
import { MembersController } from './pages/members.controller.js'
import { MemberReading } from './reading.service.js'

@Module({
  imports: [IdentityModule, AreasModule],
  controllers: [MembersController, MemberController],
  providers: [MembersDossier, Members, MemberList, Entering, MemberReading, RegisteredContacts],
  exports: [Members, MemberList],
})
export class MembersModule {}
