import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { ImportCommits } from './committing.service.js'
import { ImportNotices } from './import-notices.js'
import { ImportRetention } from './import-retention.service.js'
import { MemberImports } from './imports.service.js'
import { MemberFilesController } from './pages/files.controller.js'
import { ImportsController } from './pages/imports.controller.js'
import { Planning } from './planning.service.js'

@Module({
  imports: [AreasModule, IdentityModule, MembersModule, NoticesModule],
  controllers: [ImportsController, MemberFilesController],
  providers: [MemberImports, ImportCommits, ImportNotices, ImportRetention, Planning],
  exports: [MemberImports, ImportCommits],
})
export class MemberFilesModule {}
