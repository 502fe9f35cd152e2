import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/**
 * How an agreement comes about: drafts as typed by either side, proposals that stand, comments, the text that was
 * offered, and two signatures over its hash. A version that was signed here refers to that text; versions that were
 * signed on paper have none. Giving notice is an act of one side.
 */
export class AgreementNegotiation1700000028000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.negotiations(db)
    await this.proposals(db)
    await this.signing(db)
    await this.signedVersions(db)
    await appendOnly(
      db,
      ...[
        'agreement_negotiations',
        'agreement_proposals',
        'agreement_comments',
        'agreement_comment_closings',
      ],
      ...['agreement_offers', 'agreement_offer_withdrawals', 'agreement_signatures', 'agreement_papers'],
      ...['agreement_negotiation_endings', 'agreement_terminations'],
    )
    await mutable(db, 'agreement_drafts')
  }

  private async negotiations(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agreement_negotiations (
        id uuid PRIMARY KEY,
        agreement_id uuid CONSTRAINT agreement_negotiations_agreement REFERENCES agreements,
        change text NOT NULL CONSTRAINT agreement_negotiations_change
          CHECK (change IN ('new','amendment','renewal','ending')),
        kind text NOT NULL CONSTRAINT agreement_negotiations_kind CHECK (kind IN ('district','execution','direction')),
        area_slug text NOT NULL
          CONSTRAINT agreement_negotiations_area_slug_form CHECK (area_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        area_name text NOT NULL,
        accounting_district_id uuid REFERENCES accounting_districts,
        counterparty_id uuid NOT NULL CONSTRAINT agreement_negotiations_counterparty REFERENCES counterparties,
        started_at timestamptz NOT NULL,
        started_by uuid NOT NULL REFERENCES people,
        CONSTRAINT agreement_negotiations_of_agreement CHECK ((change = 'new') = (agreement_id IS NULL)),
        CONSTRAINT agreement_negotiations_district_has_area
          CHECK (kind <> 'district' OR accounting_district_id IS NOT NULL)
      )`)
    await db.query(`
      CREATE TABLE agreement_negotiation_endings (
        negotiation_id uuid PRIMARY KEY
          CONSTRAINT agreement_negotiation_endings_negotiation REFERENCES agreement_negotiations,
        reason text NOT NULL,
        ended_at timestamptz NOT NULL,
        ended_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE agreement_drafts (
        negotiation_id uuid NOT NULL CONSTRAINT agreement_drafts_negotiation REFERENCES agreement_negotiations,
        side text NOT NULL CONSTRAINT agreement_drafts_side CHECK (side IN ('counterparty','cooperative')),
        section text NOT NULL
          CONSTRAINT agreement_drafts_section CHECK (section IN ('period','money','indicators','clauses','days')),
        typed jsonb NOT NULL,
        revision integer NOT NULL,
        based_on smallint NOT NULL,
        saved_at timestamptz NOT NULL,
        saved_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (negotiation_id, side, section)
      )`)
  }

  private async proposals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agreement_proposals (
        negotiation_id uuid NOT NULL CONSTRAINT agreement_proposals_negotiation REFERENCES agreement_negotiations,
        number smallint NOT NULL CONSTRAINT agreement_proposals_number CHECK (number > 0),
        side text NOT NULL CONSTRAINT agreement_proposals_side CHECK (side IN ('counterparty','cooperative')),
        typed text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT agreement_proposals_sha256
          CHECK (sha256 = encode(sha256(convert_to(typed, 'UTF8')), 'hex')),
        message text NOT NULL,
        proposed_at timestamptz NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        PRIMARY KEY (negotiation_id, number)
      )`)
    await db.query(`
      CREATE TABLE agreement_comments (
        id uuid PRIMARY KEY,
        negotiation_id uuid NOT NULL,
        proposal smallint NOT NULL,
        reply_to uuid CONSTRAINT agreement_comments_reply_to REFERENCES agreement_comments,
        side text NOT NULL CONSTRAINT agreement_comments_side CHECK (side IN ('counterparty','cooperative')),
        about text NOT NULL,
        text text NOT NULL CONSTRAINT agreement_comments_text CHECK (length(trim(text)) > 0),
        written_at timestamptz NOT NULL,
        written_by uuid NOT NULL REFERENCES people,
        CONSTRAINT agreement_comments_proposal FOREIGN KEY (negotiation_id, proposal)
          REFERENCES agreement_proposals (negotiation_id, number)
      )`)
    await db.query(`CREATE INDEX agreement_comments_of ON agreement_comments (negotiation_id, written_at)`)
    await db.query(`
      CREATE TABLE agreement_comment_closings (
        comment_id uuid PRIMARY KEY CONSTRAINT agreement_comment_closings_comment REFERENCES agreement_comments,
        closed_at timestamptz NOT NULL,
        closed_by uuid NOT NULL REFERENCES people
      )`)
  }

  private async signing(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agreement_offers (
        id uuid PRIMARY KEY,
        negotiation_id uuid NOT NULL,
        proposal smallint NOT NULL,
        content text NOT NULL,
        sha256 char(64) NOT NULL CONSTRAINT agreement_offers_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        offered_at timestamptz NOT NULL,
        offered_by uuid NOT NULL REFERENCES people,
        CONSTRAINT agreement_offers_of_text UNIQUE (id, sha256),
        CONSTRAINT agreement_offers_proposal FOREIGN KEY (negotiation_id, proposal)
          REFERENCES agreement_proposals (negotiation_id, number)
      )`)
    await db.query(`CREATE INDEX agreement_offers_of ON agreement_offers (negotiation_id, offered_at)`)
    await db.query(`
      CREATE TABLE agreement_offer_withdrawals (
        offer_id uuid PRIMARY KEY CONSTRAINT agreement_offer_withdrawals_offer REFERENCES agreement_offers,
        reason text NOT NULL,
        withdrawn_at timestamptz NOT NULL,
        withdrawn_by uuid NOT NULL REFERENCES people
      )`)
    await db.query(`
      CREATE TABLE agreement_signatures (
        offer_id uuid NOT NULL,
        side text NOT NULL CONSTRAINT agreement_signatures_side CHECK (side IN ('counterparty','cooperative')),
        sha256 char(64) NOT NULL,
        capacity text NOT NULL CONSTRAINT agreement_signatures_capacity CHECK (
          (side = 'counterparty' AND capacity IN ('treasurer','delegate'))
          OR (side = 'cooperative' AND capacity IN ('director','chair'))),
        person_id uuid NOT NULL REFERENCES people,
        name text NOT NULL,
        signed_at timestamptz NOT NULL,
        CONSTRAINT agreement_signatures_once PRIMARY KEY (offer_id, side),
        CONSTRAINT agreement_signatures_two_people UNIQUE (offer_id, person_id),
        CONSTRAINT agreement_signatures_text FOREIGN KEY (offer_id, sha256) REFERENCES agreement_offers (id, sha256)
      )`)
  }

  private async signedVersions(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agreement_versions
        ADD COLUMN content text,
        ADD COLUMN sha256 char(64),
        ADD COLUMN offer_id uuid CONSTRAINT agreement_versions_offer_once UNIQUE,
        ADD CONSTRAINT agreement_versions_sha256
          CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        ADD CONSTRAINT agreement_versions_text CHECK ((content IS NULL) = (sha256 IS NULL)),
        ADD CONSTRAINT agreement_versions_offered CHECK (offer_id IS NULL OR sha256 IS NOT NULL),
        ADD CONSTRAINT agreement_versions_offer_fkey FOREIGN KEY (offer_id, sha256)
          REFERENCES agreement_offers (id, sha256)`)
    await db.query(`CREATE INDEX agreement_versions_by_sha256 ON agreement_versions (sha256)`)
    await db.query(`
      CREATE FUNCTION refuse_unsigned_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.offer_id IS NOT NULL
          AND (SELECT count(*) FROM agreement_signatures WHERE offer_id = NEW.offer_id) <> 2 THEN
          RAISE EXCEPTION 'both parties sign first' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`)
    await db.query(`
      CREATE TRIGGER agreement_versions_signed BEFORE INSERT ON agreement_versions
      FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_agreement()`)
    await db.query(`
      CREATE TABLE agreement_papers (
        version_id uuid PRIMARY KEY CONSTRAINT agreement_papers_version REFERENCES agreement_versions,
        file_id uuid NOT NULL REFERENCES files,
        sha256 char(64) NOT NULL,
        made_at timestamptz NOT NULL
      )`)
    await db.query(`
      CREATE TABLE agreement_terminations (
        agreement_id uuid NOT NULL CONSTRAINT agreement_terminations_agreement REFERENCES agreements,
        version smallint NOT NULL,
        side text NOT NULL CONSTRAINT agreement_terminations_side CHECK (side IN ('counterparty','cooperative')),
        reason text NOT NULL CONSTRAINT agreement_terminations_reason CHECK (length(trim(reason)) > 0),
        ended_before date NOT NULL,
        ends_on date NOT NULL,
        person_id uuid NOT NULL REFERENCES people,
        name text NOT NULL,
        given_at timestamptz NOT NULL,
        PRIMARY KEY (agreement_id, version)
      )`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
