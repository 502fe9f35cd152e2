import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly } from '#platform'

/** Per register the columns in which a person can stand: an erasure may empty or replace these, and nothing else. */
const ERASABLE = {
  member_details: [
    ...['name', 'note', 'reason', 'chamber_number', 'rsin', 'street', 'postal_code', 'city', 'iban'],
    ...['contact_name', 'contact_email', 'contact_phone'],
  ],
  member_events: ['reason'],
  electors: ['member_name'],
  audit_log: ['details'],
  notices: ['to_name', 'to_address', 'model', 'key'],
  application_versions: ['content', 'sha256'],
  criterion_assessments: ['note'],
  application_reviews: ['message'],
  admission_decisions: ['reason'],
  departures: ['reason'],
  departure_steps: ['note'],
  files: ['name'],
  guarantee_movements: ['document'],
  journal_entries: ['description', 'document'],
  distribution_withdrawals: ['reason'],
  mandates: ['reason'],
  mandate_events: ['reason'],
  office_terms: ['decision', 'note'],
  office_endings: ['reason'],
}

/** Free text that may name someone, outside the registers too; `application_versions` is done apart, for its hash. */
const FREE_TEXT = [
  ...Object.entries(ERASABLE)
    .filter(([table]) => table !== 'application_versions' && table !== 'member_details')
    .flatMap(([table, columns]) => columns.map((column) => [table, column] as const)),
  ...(['note', 'reason'] as const).map((column) => ['member_details', column] as const),
  ['member_periods', 'note'],
  ['notice_deliveries', 'last_error'],
  ['quarterly_reports', 'draft'],
  ['demo_mails', 'to_name'],
  ['demo_mails', 'subject'],
  ['demo_mails', 'text'],
  ['demo_mails', 'html'],
] as const
const JSON_COLUMNS = ['audit_log.details', 'notices.model', 'quarterly_reports.draft']

/** Erasing the people of a member that left, and what is kept no longer: by two functions, which do nothing else. */
export class Privacy1700000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE member_erasures (
        member_id uuid PRIMARY KEY REFERENCES members,
        erased_at timestamptz NOT NULL,
        erased_by uuid NOT NULL REFERENCES people,
        people integer NOT NULL,
        with_organisation boolean NOT NULL
      )`)
    await appendOnly(db, 'member_erasures')
    await db.query('REVOKE INSERT ON member_erasures FROM samen_app')
    await this.guards(db)
    await this.who(db)
    await this.texts(db)
    await this.erasing(db)
    await this.retention(db)
  }

  /** The registers stay append-only, for their owner too, except inside the functions and for these columns. */
  private async guards(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_all_but_erasing_persons() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('samen.erasing', true) = 'persons'
          AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Table % is append-only: record a correction as a new row', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation';
      END $$`)
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
  }

  /** The people who act or acted for a member, each with the roles for which the person stays known. */
  private async who(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION people_of_member(of_member uuid, on_day date)
      RETURNS TABLE (person_id uuid, kept_for text[]) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
        WITH involved AS (
          SELECT a.person_id FROM role_assignments a WHERE a.scope_id = of_member
          UNION SELECT m.person_id FROM mandates m WHERE m.member_id = of_member),
        other_roles AS (
          SELECT a.person_id, a.role FROM role_assignments a
          LEFT JOIN LATERAL (
            SELECT ends_on FROM role_endings WHERE assignment_id = a.id ORDER BY sequence DESC LIMIT 1) e ON true
          WHERE a.scope_id IS DISTINCT FROM of_member AND (e.ends_on IS NULL OR e.ends_on > on_day)
          UNION
          SELECT m.person_id, 'delegate' FROM mandates m
          WHERE m.member_id <> of_member AND NOT EXISTS (SELECT FROM mandate_events e WHERE e.mandate_id = m.id))
        SELECT i.person_id, coalesce(array_agg(DISTINCT o.role) FILTER (WHERE o.role IS NOT NULL), '{}')
        FROM involved i LEFT JOIN other_roles o ON o.person_id = i.person_id GROUP BY i.person_id
      $$`)
  }

  /** Which texts name the people that go. What also names someone who stays is left alone. */
  private async texts(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION without_texts(given text, patterns text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
      DECLARE
        pattern text;
      BEGIN
        FOREACH pattern IN ARRAY patterns LOOP
          given := regexp_replace(given, pattern, 'Geanonimiseerd', 'gi');
        END LOOP;
        RETURN given;
      END $$`)
    await db.query(`
      CREATE FUNCTION text_patterns(texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(array_agg('(?:(?<=\\\\[nrt])|(?<!\\w))' || regexp_replace(t, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '(?!\\w)'
          ORDER BY length(t) DESC, t), '{}') FROM unnest(texts) AS t
      $$`)
    await db.query(`
      CREATE FUNCTION texts_of_leavers(of_member uuid, going uuid[], with_organisation boolean)
      RETURNS text[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
        WITH versions AS (
          SELECT v.content::jsonb AS content, a.address FROM admission_decisions d
          JOIN applications a ON a.id = d.application_id
          JOIN application_versions v ON v.application_id = a.id WHERE d.member_id = of_member),
        spoken AS (
          SELECT unnest(ARRAY[name, email]) AS t FROM people WHERE id = ANY(going)
          UNION SELECT unnest(ARRAY[contact_name, contact_email, contact_phone])
            FROM member_details WHERE member_id = of_member
          UNION SELECT unnest(ARRAY[to_name, to_address]) FROM notices WHERE person_id = ANY(going)
          UNION SELECT unnest(ARRAY[address, content #>> '{contact,name}', content #>> '{contact,email}',
            content #>> '{contact,phone}', content #>> '{delegate,name}', content #>> '{delegate,email}']) FROM versions
          UNION SELECT unnest(ARRAY[name, street, chamber_number, iban])
            FROM member_details WHERE member_id = of_member AND with_organisation
          UNION SELECT unnest(ARRAY[content #>> '{organisation,name}', content #>> '{organisation,street}',
            content #>> '{organisation,chamberNumber}']) FROM versions WHERE with_organisation)
        SELECT coalesce(array_agg(DISTINCT trim(t)), '{}') FROM spoken
        WHERE length(trim(t)) >= 3 AND t <> 'Geanonimiseerd'
          AND NOT EXISTS (SELECT FROM people p WHERE NOT p.id = ANY(going)
            AND lower(trim(t)) IN (lower(p.name), p.email))
          AND NOT EXISTS (SELECT FROM member_details o
            WHERE (o.member_id <> of_member OR NOT with_organisation) AND lower(o.name) = lower(trim(t)))
          AND NOT EXISTS (SELECT FROM member_details o WHERE o.member_id <> of_member
            AND lower(trim(t)) IN (lower(o.contact_name), o.contact_email, lower(o.contact_phone), lower(o.street)))
      $$`)
  }

  private async erasing(db: QueryRunner): Promise<void> {
    const replaced = FREE_TEXT.map(([table, column]) => {
      const isJson = JSON_COLUMNS.includes(`${table}.${column}`)
      const patterns = isJson ? 'json_patterns' : 'patterns'
      const value = isJson
        ? `without_texts(${column}::text, ${patterns})::jsonb`
        : `without_texts(${column}, ${patterns})${column === 'key' ? " || ' ' || id" : ''}`
      return `UPDATE ${table} SET ${column} = ${value}
        WHERE ${column}::text ~* array_to_string(${patterns}, '|');`
    })
    await db.query(`
      CREATE FUNCTION erase_texts(texts text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      DECLARE
        patterns text[] := text_patterns(texts);
        json_patterns text[] := text_patterns(ARRAY(SELECT trim(BOTH '"' FROM to_json(t)::text) FROM unnest(texts) AS t));
      BEGIN
        IF cardinality(texts) = 0 THEN RETURN; END IF;
        DELETE FROM demo_mails WHERE lower(to_address) IN (SELECT lower(t) FROM unnest(texts) AS t);
        ${replaced.join('\n        ')}
        UPDATE application_versions v SET content = n.content, sha256 = encode(sha256(convert_to(n.content, 'UTF8')), 'hex')
        FROM (SELECT id, without_texts(content, json_patterns) AS content FROM application_versions) n
        WHERE n.id = v.id AND n.content <> v.content;
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_texts(text[]) FROM PUBLIC')
    await this.eraseMember(db)
  }

  private async eraseMember(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION erase_member_persons(of_member uuid, on_day date, with_organisation boolean, by_person uuid, at timestamptz)
      RETURNS TABLE (people uuid[], texts text[])
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      #variable_conflict use_column
      DECLARE
        going uuid[] := ARRAY(SELECT person_id FROM people_of_member(of_member, on_day) WHERE kept_for = '{}');
        spoken text[] := texts_of_leavers(of_member, going, with_organisation);
        told uuid[];
        new_name text;
      BEGIN
        IF NOT EXISTS (SELECT FROM member_periods p WHERE p.member_id = of_member AND upper_inf(p.known)
                         AND p.holds @> on_day AND p.status = 'former') THEN
          RAISE EXCEPTION 'Only of a former member' USING ERRCODE = 'restrict_violation';
        END IF;
        INSERT INTO member_erasures (member_id, erased_at, erased_by, people, with_organisation)
        VALUES (of_member, at, by_person, cardinality(going), with_organisation);
        SELECT 'Geanonimiseerd (lid ' || m.number || ')' INTO new_name FROM members m WHERE m.id = of_member;

        DELETE FROM sessions WHERE person_id = ANY(going);
        DELETE FROM sign_in_requests WHERE person_id = ANY(going);
        told := ARRAY(SELECT n.id FROM notices n WHERE n.person_id = ANY(going)
                        OR lower(n.to_address) IN (SELECT lower(t) FROM unnest(spoken) AS t));
        UPDATE notices SET to_name = 'Geanonimiseerd', to_address = 'geanonimiseerd@invalid', model = '{}'
        WHERE id = ANY(told);
        UPDATE notice_deliveries SET last_error = NULL, refused_at = CASE WHEN sent_at IS NULL THEN coalesce(refused_at, at) END
        WHERE notice_id = ANY(told);
        UPDATE outbox_messages SET done_at = at WHERE id = ANY(told) AND done_at IS NULL;
        UPDATE people p SET name = 'Geanonimiseerd', email = 'geanonimiseerd-' || p.id || '@invalid' WHERE p.id = ANY(going);

        PERFORM erase_file(f.file_id, at) FROM application_files f
        JOIN admission_decisions d ON d.application_id = f.application_id WHERE d.member_id = of_member;
        UPDATE application_versions v SET content = n.content, sha256 = encode(sha256(convert_to(n.content, 'UTF8')), 'hex')
        FROM (SELECT v.id, (v.content::jsonb || '{"contact":{"name":"Geanonimiseerd","email":"","phone":""},
                "delegate":{"name":"Geanonimiseerd","email":""}}')::text AS content
              FROM application_versions v JOIN admission_decisions d ON d.application_id = v.application_id
              WHERE d.member_id = of_member) n WHERE n.id = v.id;
        UPDATE applications a SET address = '', draft = '{}' FROM admission_decisions d
        WHERE d.application_id = a.id AND d.member_id = of_member;

        PERFORM erase_member_change_persons(of_member);
        UPDATE member_details SET contact_name = NULL, contact_email = NULL, contact_phone = NULL
        WHERE member_id = of_member;
        IF with_organisation THEN
          UPDATE member_details SET name = new_name, note = NULL, chamber_number = NULL, rsin = NULL, street = NULL,
            postal_code = NULL, city = NULL, iban = NULL WHERE member_id = of_member;
          UPDATE member_periods SET name = new_name, folded_name = lower(new_name), note = NULL WHERE member_id = of_member;
          UPDATE electors SET member_name = new_name WHERE member_id = of_member;
          UPDATE member_change_fields f SET old_value = NULL, new_value = NULL, erased = true FROM member_changes c
          WHERE c.id = f.change_id AND c.member_id = of_member AND NOT f.erased;
        END IF;
        PERFORM erase_texts(spoken);
        RETURN QUERY SELECT going, spoken;
      END $$`)
    const signature = 'erase_member_persons(uuid, date, boolean, uuid, timestamptz)'
    await db.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`)
    await db.query(`GRANT EXECUTE ON FUNCTION ${signature} TO samen_app`)
  }

  /** What is kept no longer (libs/privacy/rules/retention-classes.ts). Nobody can hasten it: the clock is not asked. */
  private async retention(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION erase_past_retention(at timestamptz)
      RETURNS TABLE (sessions integer, sign_ins integer, notices integer)
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET samen.erasing = 'persons' AS $$
      #variable_conflict use_column
      BEGIN
        DELETE FROM sessions WHERE expires_at < now();
        GET DIAGNOSTICS sessions = ROW_COUNT;
        DELETE FROM sign_in_requests WHERE expires_at < now() - interval '30 days';
        GET DIAGNOSTICS sign_ins = ROW_COUNT;
        UPDATE notices n SET to_name = 'Geanonimiseerd', to_address = 'geanonimiseerd@invalid', model = '{}'
        FROM notice_deliveries d
        WHERE d.notice_id = n.id AND coalesce(d.sent_at, d.refused_at) IS NOT NULL
          AND n.written_at < least(at, now()) - interval '2 years' AND n.to_address <> 'geanonimiseerd@invalid';
        GET DIAGNOSTICS notices = ROW_COUNT;
        UPDATE notice_deliveries d SET last_error = NULL FROM notices n
        WHERE n.id = d.notice_id AND n.to_address = 'geanonimiseerd@invalid' AND d.last_error IS NOT NULL;
        RETURN NEXT;
      END $$`)
    await db.query('REVOKE ALL ON FUNCTION erase_past_retention(timestamptz) FROM PUBLIC')
    await db.query('GRANT EXECUTE ON FUNCTION erase_past_retention(timestamptz) TO samen_app')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
