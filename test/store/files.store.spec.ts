import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileKind, Files, FilesModule, fileReply, type StoredFile } from '#files'
import { Database, Upload } from '#platform'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { sampleJpeg, samplePdf, samplePng } from '../support/sample-files.js'

const rules = { kinds: ['pdf', 'jpeg', 'png'] as FileKind[], maxBytes: 5_000_000 }
let database: TestDatabase
let app: INestApplicationContext
let files: Files

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [FilesModule])
  files = app.get(Files)
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const keep = (name: string, content: Buffer): Promise<StoredFile> =>
  app.get(Database).transaction((tx) => files.keep(tx, new Upload(name, content), rules, null))
const erase = (id: string) => app.get(Database).transaction((tx) => files.erase(tx, id))

describe('keeping', () => {
  it.each([
    ['statuten.pdf', samplePdf(), 'pdf'],
    ['foto.jpg', sampleJpeg(), 'jpeg'],
    ['scan.txt', samplePng(), 'png'],
  ] as const)('%s gives back the very bytes, of the kind that they are', async (name, content, kind) => {
    const { id } = await keep(name, content)
    const read = await files.read(id)
    expect(read).toMatchObject({ name, kind, bytes: content.length, erasedAt: null })
    expect(read!.content.equals(content)).toBe(true)
  })

  it.each([
    [
      'a program that is called a PDF',
      Buffer.from('MZ\x90\x00'.padEnd(300, '\0'), 'latin1'),
      'file.wrongKind',
    ],
    ['a page with a script', Buffer.from('<html><script>alert(1)</script>'), 'file.wrongKind'],
    [
      'a drawing that can hold a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'file.wrongKind',
    ],
    ['a zip', Buffer.from('504b0304140000000000', 'hex'), 'file.wrongKind'],
    ['half a PDF', samplePdf().subarray(0, 120), 'file.damaged'],
    ['nothing', Buffer.alloc(0), 'file.empty'],
    ['too much', Buffer.concat([samplePdf(), Buffer.alloc(5_000_000)]), 'file.tooLarge'],
  ])('refuses %s', async (_, content, code) => {
    await expect(keep('statuten.pdf', content)).rejects.toThrow(code)
  })
})

describe('erasing', () => {
  it('takes the content and leaves the name, the size, the hash and when', async () => {
    const file = await keep('weg.pdf', samplePdf('weg'))
    await erase(file.id)
    await erase(file.id)
    expect(await files.read(file.id)).toBeNull()
    const left = (await files.about([file.id])).get(file.id)
    expect(left).toEqual({ ...file, erasedAt: expect.any(Date) })
  })

  it('is the only way that a content goes', async () => {
    const { id } = await keep('blijft.pdf', samplePdf('blijft'))
    for (const table of ['files', 'file_contents', 'file_erasures'])
      for (const statement of [`DELETE FROM ${table}`, `UPDATE ${table} SET ${firstColumn(table)} = $1`])
        await expect(
          database.application.query(statement, statement.includes('$1') ? [id] : []),
        ).rejects.toMatchObject({ code: '42501' })
    await expect(
      database.application.query('INSERT INTO file_erasures VALUES ($1, now())', [id]),
    ).rejects.toMatchObject({ code: '42501' })
    for (const statement of ['DELETE FROM file_contents', `UPDATE file_contents SET content = ''`])
      await expect(database.owner.query(statement)).rejects.toMatchObject({ code: '23001' })
    expect(await files.read(id)).not.toBeNull()
  })
})

describe('the database', () => {
  it('takes no content that its hash does not tell of, nor a second time after erasing', async () => {
    const { id } = await keep('eens.pdf', samplePdf('eens'))
    await erase(id)
    for (const content of [samplePdf('anders'), samplePdf('eens')])
      await expect(
        database.application.query('INSERT INTO file_contents VALUES ($1, $2)', [id, content]),
      ).rejects.toMatchObject({ code: '23514' })
  })
})

it('a picture is shown, a PDF is downloaded', async () => {
  const [pdf, png] = [await keep('a.pdf', samplePdf()), await keep('b.png', samplePng())]
  expect(fileReply((await files.read(pdf.id))!)).toMatchObject({
    contentType: 'application/pdf',
    inline: false,
  })
  expect(fileReply((await files.read(png.id))!)).toMatchObject({ contentType: 'image/png', inline: true })
})

const firstColumn = (table: string) => (table === 'files' ? 'id' : 'file_id')
