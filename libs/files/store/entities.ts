import { Check, Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm'
import type { FileKind } from '../rules/file-content.js'

@Entity('files')
@Check('files_name', 'length(name) BETWEEN 1 AND 200')
@Check('files_kind', `kind IN ('pdf','png','jpeg')`)
@Check('files_bytes', 'bytes > 0')
@Check('files_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class FileRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') name!: string
  @Column('text') kind!: FileKind
  @Column('integer') bytes!: number
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'registered_at' }) registeredAt!: Date
  @Column('uuid', { name: 'registered_by', nullable: true }) registeredBy!: string | null
}

/** Apart from the file itself, so that listings never read it. */
@Entity('file_contents')
export class FileContentRow {
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
  @OneToOne(() => FileRow)
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'file_contents_file' })
  file?: Relation<FileRow>
  @Column('bytea') content!: Buffer
}

/** Written by the database function `erase_file` only. */
@Entity('file_erasures')
export class FileErasureRow {
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
  @OneToOne(() => FileRow)
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'file_erasures_file' })
  file?: Relation<FileRow>
  @Column('timestamptz', { name: 'erased_at' }) erasedAt!: Date
}

export const filesEntities = [FileRow, FileContentRow, FileErasureRow]
