import type { MigrationInterface, QueryRunner } from 'typeorm'

const PERSONAL = `('contactName','contactEmail','contactPhone')`

/**
 * Changes that a member asks for in its own details, and what happened to them. Nothing in them is changed or
 * removed, with one exception: what concerns persons can be emptied, by a function, after the member left.
 */
export class MemberChanges1700000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_changes (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES members,
        reference text NOT NULL CONSTRAINT member_changes_reference UNIQUE,
        sensitive boolean NOT NULL,
        holds_from date NOT NULL,
        reason text NOT NULL DEFAULT '',
        based_on char(64) NOT NULL,
        request_key uuid NOT NULL,
        proposed_by uuid NOT NULL REFERENCES people,
        proposed_as text NOT NULL CONSTRAINT member_changes_proposed_as
          CHECK (proposed_as IN ('delegate','contact','serviceTeam')),
        proposed_at timestamptz NOT NULL,
        erased boolean NOT NULL DEFAULT false,
        CONSTRAINT member_changes_request UNIQUE (request_key, sensitive),
        CONSTRAINT member_changes_reason CHECK (NOT sensitive OR erased OR length(trim(reason)) > 0)
      )`)
    await db.query(`CREATE INDEX member_changes_member ON member_changes (member_id)`)
    await db.query(`CREATE INDEX member_changes_proposed ON member_changes (proposed_at)`)
    await db.query(`
      CREATE TABLE member_change_fields (
        change_id uuid NOT NULL REFERENCES member_changes,
        field text NOT NULL CONSTRAINT member_change_fields_field CHECK (field IN
          ('name','legalForm','chamberNumber','rsin','street','postalCode','city','iban','neighbourhoods',
           'contactName','contactEmail','contactPhone')),
        old_value text,
        new_value text,
        erased boolean NOT NULL DEFAULT false,
        PRIMARY KEY (change_id, field),
        CONSTRAINT member_change_fields_differ CHECK (erased OR old_value IS DISTINCT FROM new_value)
      )`)
    await db.query(`
      CREATE TABLE member_change_events (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT member_change_events_id UNIQUE,
        change_id uuid NOT NULL REFERENCES member_changes,
        type text NOT NULL CONSTRAINT member_change_events_type
          CHECK (type IN ('confirmed','carriedOut','refused','withdrawn','objected','settled')),
        reason text NOT NULL DEFAULT '',
        by_person uuid REFERENCES people,
        by_as text CONSTRAINT member_change_events_by_as CHECK (by_as IN ('delegate','contact','serviceTeam')),
        details_id uuid,
        effective_on date,
        at timestamptz NOT NULL,
        erased boolean NOT NULL DEFAULT false,
        CONSTRAINT member_change_events_once UNIQUE (change_id, type),
        CONSTRAINT member_change_events_effect CHECK ((type = 'carriedOut') = (effective_on IS NOT NULL)),
        CONSTRAINT member_change_events_reason
          CHECK (type NOT IN ('refused','settled') OR erased OR length(trim(reason)) > 0)
      )`)
    await db.query(`
      CREATE UNIQUE INDEX member_change_events_outcome ON member_change_events (change_id)
      WHERE type IN ('carriedOut','refused','withdrawn')`)
    await this.erasing(db)
  }

  /** Who works on the tables can add; the function empties; and nobody, not even the owner, does more. */
  private async erasing(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_all_but_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.erased AND to_jsonb(NEW) - TG_ARGV - 'erased' = to_jsonb(OLD) - TG_ARGV - 'erased'
          AND NOT EXISTS (SELECT 1 FROM unnest(TG_ARGV) AS emptied WHERE coalesce(to_jsonb(NEW) ->> emptied, '') <> '')
        THEN RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Table % is append-only: what concerns persons can be emptied, nothing else', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation';
      END $$`)
    const emptied = {
      member_changes: ['reason'],
      member_change_fields: ['old_value', 'new_value'],
      member_change_events: ['reason'],
    }
    for (const [table, columns] of Object.entries(emptied)) {
      await db.query(`GRANT SELECT, INSERT ON ${table} TO samen_app`)
      await db.query(
        `CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      )
      await db.query(
        `CREATE TRIGGER ${table}_erase_only BEFORE UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing(${columns.map((name) => `'${name}'`).join(', ')})`,
      )
    }
    await db.query(`
      CREATE FUNCTION erase_member_change_persons(of_member uuid) RETURNS integer
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        emptied integer;
      BEGIN
        UPDATE member_change_fields f SET old_value = NULL, new_value = NULL, erased = true
        FROM member_changes c
        WHERE c.id = f.change_id AND c.member_id = of_member AND NOT f.erased AND f.field IN ${PERSONAL};
        GET DIAGNOSTICS emptied = ROW_COUNT;
        UPDATE member_change_events e SET reason = '', erased = true
        FROM member_changes c
        WHERE c.id = e.change_id AND c.member_id = of_member AND NOT e.erased AND e.reason <> '';
        UPDATE member_changes SET reason = '', erased = true
        WHERE member_id = of_member AND NOT erased AND reason <> '';
        RETURN emptied;
      END $$`)
    await db.query(`REVOKE ALL ON FUNCTION erase_member_change_persons(uuid) FROM PUBLIC`)
    await db.query(`GRANT EXECUTE ON FUNCTION erase_member_change_persons(uuid) TO samen_app`)
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
