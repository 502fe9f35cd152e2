import { Module } from '@nestjs/common'
import { Members } from './members.service.js'
import { MembersController } from './pages/members.controller.js'

@Module({ controllers: [MembersController], providers: [Members], exports: [Members] })
export class MembersModule {}
