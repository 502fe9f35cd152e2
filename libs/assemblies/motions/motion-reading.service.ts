import { Inject, Injectable } from '@nestjs/common'
import { Database, isId } from '#platform'
import { type Amendment, findAmendment, readAmendments } from '../store/amendment.store.js'
import { findMotion, type MotionInContext } from '../store/motion.store.js'
import { type MotionText, readMotionTexts } from '../store/motion-text.store.js'

/** A motion with its texts and its amendments. */
export interface MotionWithAll {
  motion: MotionInContext
  texts: MotionText[]
  amendments: Amendment[]
  /** The text as it is now: of a motion without a text of its own, the question. */
  present: string
  /** Its number; 0 for the question. */
  presentNumber: number
}

/** What the pages of motions show; null for what doesn't exist, also when the text of an id can't be one. */
@Injectable()
export class MotionReading {
  constructor(@Inject(Database) private readonly database: Database) {}

  async motion(id: string): Promise<MotionWithAll | null> {
    const { read } = this.database
    const motion = isId(id) ? await findMotion(read, id) : null
    if (!motion) return null
    const texts = await readMotionTexts(read, id)
    const present = texts.at(-1)?.text ?? motion.question
    const presentNumber = texts.at(-1)?.number ?? 0
    return { motion, texts, amendments: await readAmendments(read, id), present, presentNumber }
  }

  async amendment(id: string): Promise<Amendment | null> {
    return isId(id) ? findAmendment(this.database.read, id) : null
  }
}
