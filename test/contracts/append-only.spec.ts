import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

/** The registers: what stands in them stands for ever. */
const registers = [
  'audit_log',
  'instance_secrets',
  'role_assignments',
  'role_endings',
  'statute_settings',
  'members',
  'member_details',
  'member_erasures',
  'member_events',
  'attendance_events',
  'agenda_progress',
  'floor_events',
  'proxies',
  'proxy_events',
  'assembly_requests',
  'assembly_request_signatures',
  'assembly_request_filings',
  'agenda_papers',
  'agenda_paper_versions',
  'convocations',
  'convocation_recipients',
  'convocation_postings',
  'email_consents',
  'electors',
  'ballots',
  'advance_ballots',
  'advance_ballot_outcomes',
  'paper_counts',
  'paper_scans',
  'assembly_adjournments',
  'poll_results',
  'decisions',
  'decision_deeds',
  'motion_texts',
  'challenges',
  'challenge_supports',
  'challenge_majorities',
  'rulings',
  'conflicts_of_interest',
  'assembly_officers',
  'agreement_versions',
  'agreement_negotiations',
  'agreement_negotiation_endings',
  'agreement_proposals',
  'agreement_comments',
  'agreement_comment_closings',
  'agreement_offers',
  'agreement_offer_withdrawals',
  'agreement_signatures',
  'agreement_papers',
  'agreement_terminations',
  'report_versions',
  'report_events',
  'guarantee_movements',
  'journal_entries',
  'postings',
  'ledger_accounts',
  'ledger_closings',
  'ledger_snapshots',
  'ledger_seals',
  'ledger_sealed_entries',
  'ledger_checks',
  'ledger_budgets',
  'ledger_budget_lines',
  'ledger_budget_adoptions',
  'distributions',
  'distribution_parts',
  'distribution_postings',
  'criterion_settings',
  'application_versions',
  'criterion_assessments',
  'application_reviews',
  'admission_decisions',
  'application_withdrawals',
  'files',
  'file_erasures',
  'notices',
  'mandates',
  'mandate_events',
  'office_terms',
  'office_endings',
  'departures',
  'departure_steps',
  'member_imports',
  'member_import_steps',
  'member_changes',
  'member_change_fields',
  'member_change_events',
  'minutes',
  'minutes_versions',
  'minutes_offers',
  'minutes_papers',
  'minutes_approvals',
  'minutes_signatures',
  'written_decisions',
  'written_decision_knowledge',
  'written_decision_openings',
  'written_decision_withdrawals',
  'written_decision_electors',
  'written_decision_answers',
  'written_decision_outcomes',
  'annual_accounts',
  'annual_accounts_signatures',
  'annual_accounts_reviews',
  'annual_accounts_review_signatures',
  'annual_accounts_offers',
  'annual_accounts_extensions',
  'intervention_cases',
  'intervention_events',
  'intervention_event_files',
  'city_report_versions',
  'city_report_offers',
  'effect_indicators',
  'effect_measurements',
  'subsidy_divisions',
  'subsidy_division_parts',
  'subsidy_division_agreements',
  'work_plan_versions',
  'work_plan_answers',
  'work_plan_judgements',
  'work_plan_judgement_files',
  'work_plan_judgement_answers',
  'report_reminders',
]

describe('append-only registers', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase('demo')
  })
  afterAll(() => database.drop())

  it.each(registers)('%s: the application may neither update nor delete nor truncate', async (table) => {
    const [column] = await database.owner.query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO' LIMIT 1`,
      [table],
    )
    for (const statement of [
      `UPDATE ${table} SET ${column.name} = ${column.name}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      await expect(database.application.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  it.each(registers)('%s: a trigger stops even the owner', async (table) => {
    await expect(database.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '23001' })
  })

  it('the application works under its own role', async () => {
    const [row] = await database.application.query('SELECT current_user AS name')
    expect(row.name).toBe('samen_app')
  })

  it('may change only the named columns of tables that are filled in later', async () => {
    await expect(database.application.query(`UPDATE polls SET opened_at = now()`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(database.application.query(`DELETE FROM outbox_messages`)).rejects.toMatchObject({
      code: '42501',
    })
  })
})
