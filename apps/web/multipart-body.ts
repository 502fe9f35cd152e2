import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import {
  BadRequestException,
  HttpException,
  PayloadTooLargeException,
  ServiceUnavailableException,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cleanFileName, type FileLimits, Upload } from '#platform'

const MAX_FIELDS = 200
const MAX_TEXT_BYTES = 1_000_000
/** So much more than a form may hold, that reading on serves nobody. */
const HOPELESS = 4
/** Forms that this process holds at once; above it a form is asked to come back later. */
const MAX_HELD_BYTES = 300_000_000
let heldBytes = 0

/**
 * Reads a form with files: texts as strings, files as `Upload`, repeated fields as a list. Files that are too
 * large are read past and marked, so that a page can say so and keep the rest of what was filled in.
 * @throws HttpException 400 for what is no such form, 413 for far too much, 503 when too many come at once.
 */
export async function readMultipart(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: FileLimits,
): Promise<Record<string, unknown>> {
  try {
    return await collect(request, reply, limits)
  } catch (error) {
    // Read past the rest: a browser sends all of its form before it looks at the answer.
    request.raw.unpipe()
    request.raw.resume()
    if (error instanceof HttpException) throw error
    const tooMuch = (error as { statusCode?: number }).statusCode === 413
    throw tooMuch ? new PayloadTooLargeException() : new BadRequestException()
  }
}

async function collect(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: FileLimits,
): Promise<Record<string, unknown>> {
  const { maxFiles, maxFileBytes, maxFormBytes } = limits
  const most = maxFormBytes * HOPELESS + MAX_TEXT_BYTES
  if (Number(request.headers['content-length'] ?? 0) > most) throw new PayloadTooLargeException()
  const body = new Map<string, unknown[]>()
  let left = { text: MAX_TEXT_BYTES, files: maxFormBytes }
  let arrived = 0
  let answered = false
  request.raw.on('data', (piece: Buffer) => {
    arrived += piece.length
    if (!answered) heldBytes += piece.length
    if (arrived > most) request.raw.destroy() // a form without a length that never ends
  })
  reply.raw.once('close', () => {
    answered = true
    heldBytes -= arrived
  })
  const parts = request.parts({
    limits: {
      fieldSize: MAX_TEXT_BYTES,
      fileSize: maxFileBytes,
      files: maxFiles,
      fields: MAX_FIELDS,
      parts: MAX_FIELDS + maxFiles,
    },
  })
  for await (const part of parts) {
    const kept = part.type === 'file' ? await readFile(part, left) : readText(part)
    if (typeof kept === 'string') left = { ...left, text: left.text - Buffer.byteLength(kept) }
    else if (kept) left = { ...left, files: left.files - kept.content.length }
    if (left.text < 0) throw new PayloadTooLargeException()
    if (heldBytes > MAX_HELD_BYTES) throw new ServiceUnavailableException()
    if (kept !== null) body.set(part.fieldname, [...(body.get(part.fieldname) ?? []), kept])
  }
  return Object.fromEntries([...body].map(([name, values]) => [name, values.length > 1 ? values : values[0]]))
}

function readText({ value, valueTruncated, fieldnameTruncated }: MultipartValue): string | null {
  if (valueTruncated || fieldnameTruncated) throw new PayloadTooLargeException()
  return typeof value === 'string' ? value : null
}

/** A file field in which nothing was chosen arrives without a name and without content. */
async function readFile({ file, filename }: MultipartFile, left: { files: number }): Promise<Upload | null> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of file as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes <= left.files) pieces.push(piece)
    else pieces.length = 0
  }
  if (!filename && bytes === 0) return null
  const tooLarge = file.truncated || bytes > left.files
  return new Upload(
    cleanFileName(filename ?? ''),
    tooLarge ? Buffer.alloc(0) : Buffer.concat(pieces),
    tooLarge,
  )
}
