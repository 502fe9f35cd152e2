import { Module } from '@nestjs/common'
import { StatutesController } from './pages/statutes.controller.js'
import { Statutes } from './statutes.service.js'

@Module({ controllers: [StatutesController], providers: [Statutes], exports: [Statutes] })
export class StatutesModule {}
