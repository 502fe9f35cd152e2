import { Module } from '@nestjs/common'
import { Agreements } from './agreements.service.js'

@Module({ providers: [Agreements], exports: [Agreements] })
export class AgreementsModule {}
