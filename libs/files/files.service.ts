import { Inject, Injectable } from '@nestjs/common'
import { fileTypeFromBuffer } from 'file-type'
import { RuleViolated, type Violation } from '#kernel'
import { Clock, Database, Ids, sha256Bytes, type Tx, type Upload } from '#platform'
import { checkFile, type FileKind, type FileRules } from './rules/file-content.js'
import { FileContentRow, FileRow } from './store/entities.js'

/** A file as it is listed. What was erased keeps its name, size and hash. */
export interface StoredFile {
  id: string
  name: string
  kind: FileKind
  bytes: number
  /** SHA-256 of the content, 64 hexadecimal digits. */
  sha256: string
  erasedAt: Date | null
}

const KIND_OF: Record<string, FileKind> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpeg',
}

/** Files in the database: kept once, never changed, erasable. Who may see one is up to the library it belongs to. */
@Injectable()
export class Files {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** What is wrong with a file for a place, by its content: `file.empty`, `tooLarge`, `wrongKind`, `damaged`. */
  async check({ name, content, tooLarge }: Upload, rules: FileRules): Promise<Violation[]> {
    return checkFile({ name, content, tooLarge, bytes: content.length, kind: await kindOf(content) }, rules)
  }

  /**
   * Keeps a file. Each call keeps another one: a repeat of the form is for the caller to notice (by `sha256`).
   * @throws RuleViolated as {@link check}
   */
  async keep(tx: Tx, upload: Upload, rules: FileRules, by: string | null): Promise<StoredFile> {
    RuleViolated.throwIfAny(await this.check(upload, rules))
    const { name, content } = upload
    const kind = (await kindOf(content))!
    const file = { id: this.ids.next(), name, kind, bytes: content.length, sha256: sha256Bytes(content) }
    await tx.getRepository(FileRow).insert({ ...file, registeredAt: this.clock.now(), registeredBy: by })
    await tx.getRepository(FileContentRow).insert({ fileId: file.id, content })
    return { ...file, erasedAt: null }
  }

  /** A file with its content; null when there is none, or it was erased. */
  async read(id: string, tx: Tx = this.database.read): Promise<(StoredFile & { content: Buffer }) | null> {
    const file = (await this.about([id], tx)).get(id)
    const row = file && (await tx.getRepository(FileContentRow).findOneBy({ fileId: id }))
    return file && row ? { ...file, content: row.content } : null
  }

  /** Files without their contents, by id; also those that were erased. */
  async about(ids: readonly string[], tx: Tx = this.database.read): Promise<Map<string, StoredFile>> {
    const rows: StoredFile[] = await tx.query(
      `SELECT f.id, f.name, f.kind, f.bytes, f.sha256, e.erased_at AS "erasedAt"
       FROM files f LEFT JOIN file_erasures e ON e.file_id = f.id WHERE f.id = ANY($1::uuid[])`,
      [ids],
    )
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** Removes the content for good; name, size and hash stay, with when it was erased. A repeat changes nothing. */
  async erase(tx: Tx, id: string): Promise<void> {
    await tx.query('SELECT erase_file($1, $2)', [id, this.clock.now()])
  }
}

async function kindOf(content: Buffer): Promise<FileKind | null> {
  try {
    return KIND_OF[(await fileTypeFromBuffer(content))?.mime ?? ''] ?? null
  } catch {
    return null // a content that ends in the middle of what tells its kind
  }
}
