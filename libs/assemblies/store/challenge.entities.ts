import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm'

/** A result that was disputed at once (BW 2:13). */
@Entity('challenges')
@Unique('challenges_once', ['pollId'])
@Check('challenges_reason', 'length(trim(reason)) > 0')
@Check('challenges_lapse', 'lapses_at > challenged_at')
@Index('challenges_of_assembly', ['assemblyId'])
export class ChallengeRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'poll_id' }) pollId!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'challenged_at' }) challengedAt!: Date
  @Column('uuid', { name: 'challenged_by' }) challengedBy!: string
  /** Without enough support by then it counts no more. */
  @Column('timestamptz', { name: 'lapses_at' }) lapsesAt!: Date
}

/** The votes of one member that demand the re-vote. */
@Entity('challenge_supports')
@Check('challenge_supports_weight', 'weight > 0')
export class ChallengeSupportRow {
  @PrimaryColumn('uuid', { name: 'challenge_id' }) challengeId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('integer') weight!: number
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('timestamptz', { name: 'supported_at' }) supportedAt!: Date
}

/** The moment at which enough votes demanded the re-vote: from then on the chair must hold it. */
@Entity('challenge_majorities')
export class ChallengeMajorityRow {
  @PrimaryColumn('uuid', { name: 'challenge_id' }) challengeId!: string
  @Column('integer') demanding!: number
  @Column('integer') present!: number
  @Column('timestamptz', { name: 'reached_at' }) reachedAt!: Date
}

/** A correction of a decision, beside it: what was declared stands as it was. */
@Entity('rulings')
@Check('rulings_text', 'length(trim(text)) > 0')
@Check('rulings_reason', 'length(trim(reason)) > 0')
@Check('rulings_office', `office IN ('chair','secretary')`)
@Index('rulings_of_decision', ['decisionId', 'ruledAt'])
export class RulingRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('text') text!: string
  @Column('text') reason!: string
  @Column('text') office!: 'chair' | 'secretary'
  @Column('timestamptz', { name: 'ruled_at' }) ruledAt!: Date
  @Column('uuid', { name: 'ruled_by' }) ruledBy!: string
}
