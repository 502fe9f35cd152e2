import { Module } from '@nestjs/common'
import { Areas } from './areas.service.js'

@Module({ providers: [Areas], exports: [Areas] })
export class AreasModule {}
