import type { MigrationInterface, QueryRunner } from 'typeorm'
import { appendOnly, mutable } from '#platform'

/** Statutes as dated data; the areas of the city with the distribution key. */
export class StatutesAndAreas1700000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE statute_settings (
        id uuid PRIMARY KEY,
        key text NOT NULL,
        value jsonb NOT NULL,
        article text NOT NULL,
        source text NOT NULL,
        holds_from date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT statute_settings_key_day UNIQUE (key, holds_from, recorded_at)
      )`)
    await db.query(`
      CREATE TABLE accounting_districts (
        id uuid PRIMARY KEY,
        slug text NOT NULL CONSTRAINT accounting_districts_slug UNIQUE,
        name text NOT NULL CONSTRAINT accounting_districts_name UNIQUE,
        weight bigint NOT NULL CONSTRAINT accounting_districts_weight CHECK (weight >= 0),
        position smallint NOT NULL
      )`)
    await db.query(`
      CREATE TABLE districts (
        id uuid PRIMARY KEY,
        number smallint NOT NULL CONSTRAINT districts_number UNIQUE,
        name text NOT NULL CONSTRAINT districts_name UNIQUE,
        accounting_district_id uuid NOT NULL REFERENCES accounting_districts
      )`)
    await db.query(`
      CREATE TABLE neighbourhoods (
        id uuid PRIMARY KEY,
        number smallint NOT NULL CONSTRAINT neighbourhoods_number UNIQUE,
        name text NOT NULL,
        district_id uuid NOT NULL REFERENCES districts
      )`)
    await appendOnly(db, 'statute_settings')
    await mutable(db, 'accounting_districts', 'districts', 'neighbourhoods')
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only')
  }
}
