import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** The columns in which a person can stand: an erasure may replace these, and nothing else. */
const ERASABLE = {
  assembly_requests: ['subject', 'explanation', 'asked'],
  convocation_recipients: ['member_name', 'name', 'address'],
}

/** An assembly before it begins: plan, agenda, papers, convocation with its evidence, and requests by members. */
export class Convocation1700000018000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.requests(db)
    await this.plan(db)
    await this.agenda(db)
    await this.motionsOnAgenda(db)
    await this.papers(db)
    await this.convocations(db)
    await this.erasure(db)
    await db.query(`
      CREATE TABLE demo_mail_files (
        sha256 char(64) PRIMARY KEY,
        content bytea NOT NULL
      )`)
    await mutable(db, 'demo_mail_files')
    await db.query(`ALTER TABLE demo_mails ADD attachments jsonb NOT NULL DEFAULT '[]'`)
  }

  /** Who asks the board for an assembly or an item (BW 2:41), and when a tenth of the votes had signed. */
  private async requests(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE assembly_requests (
        id uuid PRIMARY KEY,
        kind text NOT NULL CONSTRAINT assembly_requests_kind CHECK (kind IN ('assembly','item')),
        assembly_id uuid REFERENCES assemblies,
        subject text NOT NULL,
        explanation text NOT NULL,
        asked text NOT NULL,
        started_at timestamptz NOT NULL,
        started_by uuid NOT NULL REFERENCES people,
        CONSTRAINT assembly_requests_item CHECK ((kind = 'item') = (assembly_id IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE assembly_request_signatures (
        request_id uuid NOT NULL CONSTRAINT assembly_request_signatures_request REFERENCES assembly_requests,
        member_id uuid NOT NULL REFERENCES members,
        person_id uuid NOT NULL REFERENCES people,
        signed_at timestamptz NOT NULL,
        CONSTRAINT assembly_request_signatures_once PRIMARY KEY (request_id, member_id)
      )`)
    await db.query(`
      CREATE TABLE assembly_request_filings (
        request_id uuid PRIMARY KEY CONSTRAINT assembly_request_filings_request REFERENCES assembly_requests,
        filed_on date NOT NULL,
        filed_at timestamptz NOT NULL,
        votes integer NOT NULL,
        needed integer NOT NULL,
        electorate integer NOT NULL
      )`)
    await appendOnly(db, 'assembly_requests', 'assembly_request_signatures', 'assembly_request_filings')
  }

  private async plan(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assemblies
        ALTER convened_on DROP NOT NULL,
        ADD online_address text,
        ADD agenda_version integer NOT NULL DEFAULT 1,
        ADD cancelled_at timestamptz,
        ADD request_id uuid CONSTRAINT assemblies_request REFERENCES assembly_requests,
        ADD CONSTRAINT assemblies_somewhere CHECK (place <> '' OR online_address IS NOT NULL)`)
    await db.query(
      `CREATE UNIQUE INDEX assemblies_request_once ON assemblies (request_id) WHERE cancelled_at IS NULL`,
    )
  }

  /** An item that was taken off keeps its row, without a place. Title and text of a motion stand with the motion. */
  private async agenda(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agenda_items (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL CONSTRAINT agenda_items_assembly REFERENCES assemblies,
        position smallint,
        title text,
        explanation text,
        type text NOT NULL CONSTRAINT agenda_items_type CHECK (type IN
          ('information','discussion','resolution','accounts','discharge','election','roundOff')),
        minutes smallint NOT NULL CONSTRAINT agenda_items_minutes CHECK (minutes BETWEEN 0 AND 600),
        motion_id uuid CONSTRAINT agenda_items_once UNIQUE CONSTRAINT agenda_items_motion REFERENCES motions,
        request_id uuid CONSTRAINT agenda_items_request REFERENCES assembly_requests,
        added_at timestamptz NOT NULL,
        added_by uuid,
        convened_at timestamptz,
        removed_at timestamptz,
        CONSTRAINT agenda_items_position UNIQUE (assembly_id, position) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT agenda_items_placed CHECK ((position IS NULL) = (removed_at IS NOT NULL)),
        CONSTRAINT agenda_items_titled CHECK (motion_id IS NOT NULL OR (title IS NOT NULL AND explanation IS NOT NULL))
      )`)
    await mutable(db, 'agenda_items')
  }

  /** Whoever submits a motion, it stands on the agenda; taken back, its item goes, and papers keep their place. */
  private async motionsOnAgenda(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION put_motion_on_agenda() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        convened date := (SELECT convened_on FROM assemblies WHERE id = NEW.assembly_id);
      BEGIN
        INSERT INTO agenda_items (id, assembly_id, position, type, minutes, motion_id, added_at, added_by, convened_at)
        SELECT NEW.id, NEW.assembly_id,
          CASE WHEN NEW.position > coalesce(max(position), 0) THEN NEW.position ELSE max(position) + 1 END,
          'resolution', 10, NEW.id, NEW.submitted_at, NEW.submitted_by,
          CASE WHEN (NEW.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date <= convened
            AND NOT EXISTS (SELECT FROM convocations WHERE assembly_id = NEW.assembly_id) THEN NEW.submitted_at END
        FROM agenda_items WHERE assembly_id = NEW.assembly_id;
        UPDATE motions m SET position = i.position FROM agenda_items i
        WHERE m.id = NEW.id AND i.id = NEW.id AND m.position <> i.position;
        RETURN NULL;
      END $$`)
    await db.query(`
      CREATE TRIGGER motions_on_agenda AFTER INSERT ON motions FOR EACH ROW EXECUTE FUNCTION put_motion_on_agenda()`)
    await db.query(`
      CREATE FUNCTION take_motion_off_agenda() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE agenda_items SET motion_id = NULL, position = NULL, removed_at = now(),
          title = OLD.title, explanation = OLD.explanation
        WHERE motion_id = OLD.id;
        RETURN OLD;
      END $$`)
    await db.query(`
      CREATE TRIGGER motions_off_agenda BEFORE DELETE ON motions
      FOR EACH ROW EXECUTE FUNCTION take_motion_off_agenda()`)
    await db.query(`
      INSERT INTO agenda_items (id, assembly_id, position, type, minutes, motion_id, added_at, added_by, convened_at)
      SELECT m.id, m.assembly_id, m.position, 'resolution', 10, m.id, m.submitted_at, m.submitted_by,
        CASE WHEN (m.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date <= a.convened_on THEN m.submitted_at END
      FROM motions m JOIN assemblies a ON a.id = m.assembly_id`)
  }

  private async papers(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agenda_papers (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL CONSTRAINT agenda_papers_item REFERENCES agenda_items,
        title text NOT NULL,
        verbatim boolean NOT NULL,
        added_at timestamptz NOT NULL
      )`)
    await db.query(`CREATE INDEX agenda_papers_of_item ON agenda_papers (item_id)`)
    await db.query(`
      CREATE TABLE agenda_paper_versions (
        paper_id uuid NOT NULL CONSTRAINT agenda_paper_versions_paper REFERENCES agenda_papers,
        number smallint NOT NULL,
        file_id uuid NOT NULL CONSTRAINT agenda_paper_versions_file_once UNIQUE REFERENCES files,
        added_at timestamptz NOT NULL,
        added_by uuid NOT NULL,
        PRIMARY KEY (paper_id, number)
      )`)
    await appendOnly(db, 'agenda_papers', 'agenda_paper_versions')
  }

  /** What was sent, to whom, when; and whether a member may be convened by e-mail (BW 2:41). */
  private async convocations(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE convocations (
        id uuid PRIMARY KEY,
        assembly_id uuid NOT NULL CONSTRAINT convocations_assembly REFERENCES assemblies,
        sequence smallint NOT NULL,
        kind text NOT NULL CONSTRAINT convocations_kind CHECK
          (kind IN ('convocation','supplement','postponement','cancellation')),
        content jsonb NOT NULL,
        content_hash char(64) NOT NULL,
        convened_at timestamptz NOT NULL,
        convened_by uuid NOT NULL,
        CONSTRAINT convocations_sequence UNIQUE (assembly_id, sequence)
      )`)
    await db.query(`
      CREATE TABLE convocation_recipients (
        convocation_id uuid NOT NULL CONSTRAINT convocation_recipients_convocation REFERENCES convocations,
        line smallint NOT NULL,
        member_id uuid NOT NULL REFERENCES members,
        member_name text NOT NULL,
        voting boolean NOT NULL,
        channel text NOT NULL CONSTRAINT convocation_recipients_channel CHECK (channel IN ('email','letter')),
        person_id uuid,
        name text NOT NULL,
        address text NOT NULL,
        notice_key text,
        CONSTRAINT convocation_recipients_notice CHECK ((channel = 'email') = (notice_key IS NOT NULL)),
        PRIMARY KEY (convocation_id, line)
      )`)
    await db.query(`
      CREATE TABLE convocation_postings (
        convocation_id uuid PRIMARY KEY CONSTRAINT convocation_postings_convocation REFERENCES convocations,
        posted_at timestamptz NOT NULL,
        posted_by uuid NOT NULL
      )`)
    await db.query(`
      CREATE TABLE email_consents (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        consents boolean NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid
      )`)
    await db.query(`CREATE INDEX email_consents_member ON email_consents (member_id, recorded_at)`)
    await appendOnly(db, 'convocations', 'convocation_recipients', 'convocation_postings', 'email_consents')
  }

  /** Who was convened at which address, and who is named in a request, goes when the person is erased. */
  private async erasure(db: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(ERASABLE)) {
      await db.query(`DROP TRIGGER ${table}_append_only ON ${table}`)
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      )
      await db.query(
        `CREATE TRIGGER ${table}_erase_only BEFORE UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing_persons(${columns.map((name) => `'${name}'`).join(', ')})`,
      )
    }
    const replaced = Object.entries(ERASABLE).map(([table, columns]) => {
      const set = columns.map((column) => `${column} = without_texts(${column}, patterns)`)
      const named = columns.map((column) => `${column} ~* array_to_string(patterns, '|')`)
      return `UPDATE ${table} SET ${set.join(', ')} WHERE ${named.join(' OR ')};`
    })
    await db.query('ALTER FUNCTION erase_texts(text[]) RENAME TO erase_texts_before_convocations')
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        PERFORM erase_texts_before_convocations(texts);
        ${replaced.join('\n        ')}
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
