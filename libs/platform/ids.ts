import { createHash, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { v7 } from 'uuid'

/** New identifiers, ordered by time (UUID version 7, RFC 9562). */
@Injectable()
export class Ids {
  next(): string {
    return v7()
  }
}

/** SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** SHA-256 (FIPS 180-4) of a file's content, as 64 hexadecimal digits: the same as its owner's tools give. */
export function sha256Bytes(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** A secret of 256 random bits, safe in a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text from a URL can be an identifier of ours (so that PostgreSQL never sees another). */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}
