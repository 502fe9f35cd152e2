import { Module } from '@nestjs/common'
import { Documents } from './documents.service.js'
import { Drawings } from './drawings.service.js'

@Module({ providers: [Documents, Drawings], exports: [Documents, Drawings] })
export class DocumentsModule {}
