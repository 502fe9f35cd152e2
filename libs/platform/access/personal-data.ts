import { Injectable } from '@nestjs/common'
import type { Cents, Day } from '#kernel'
import type { Tx } from '../database/database.js'

/** Whose file it is: a member, and the people who act or acted for it and for no one else. */
export interface DossierSubject {
  memberId: string
  personIds: readonly string[]
}

/** A recorded value. `word` is the key of a text, for values that the record holds as a code. */
export type DossierValue =
  | string
  | number
  | null
  | { day: Day }
  | { at: Date }
  | { cents: Cents }
  | { word: string }

/**
 * A part of a member's complete file. In the catalogues stand `<key>.title` and, for each column,
 * `<key>.columns.<column>`; the file as JSON has the columns as they are named here.
 */
export interface DossierSection {
  key: string
  columns: readonly string[]
  rows: readonly Readonly<Record<string, DossierValue>>[]
}

/** A library's part of the file: everything that it recorded of the member, oldest first. Empty sections are left out. */
export interface DossierSource {
  fileOf(subject: DossierSubject): Promise<DossierSection[]>
}

/** What goes of a member that left: the people, and the texts (names, addresses) that must not be found any more. */
export interface Erasure {
  memberId: string
  personIds: readonly string[]
  texts: readonly string[]
}

/**
 * Which libraries hold personal data. Each adds its part when it starts: what it has on file of a member, and, if
 * the database's `erase_member_persons` does not know its tables, how it erases the people of one that left.
 */
@Injectable()
export class PersonalData {
  private readonly parts = new Map<string, { place: number; source: DossierSource }>()
  private readonly erasures = new Map<string, (tx: Tx, erasure: Erasure) => Promise<void>>()

  /** @param place where in the file: the register 10, persons 20, applications 30, money 50, meetings 60, mail 90 */
  addToDossier(library: string, place: number, source: DossierSource): void {
    this.parts.set(library, { place, source })
  }

  /** The work is part of the erasing transaction, under the application's role, and safe to repeat. */
  addErasure(library: string, erase: (tx: Tx, erasure: Erasure) => Promise<void>): void {
    this.erasures.set(library, erase)
  }

  /** The parts of the file in order. */
  get sources(): DossierSource[] {
    return [...this.parts.values()].sort((a, b) => a.place - b.place).map(({ source }) => source)
  }

  async eraseEverywhere(tx: Tx, erasure: Erasure): Promise<void> {
    for (const erase of this.erasures.values()) await erase(tx, erasure)
  }
}
