import type { Cents } from '#kernel'
import { isResult } from './trial-balance.js'
import { APPROPRIATION } from './year-end.js'

/** An account of the statement: budgeted and booked, income and costs both positive as one expects them. */
export interface StatementLine {
  account: string
  name: string
  budgetCents: Cents
  actualCents: Cents
  /** Booked less budgeted. */
  differenceCents: Cents
}

export interface StatementPart {
  lines: StatementLine[]
  budgetCents: Cents
  actualCents: Cents
  differenceCents: Cents
}

/** Income and expenditure of a year beside the budget, before the result went to the reserves. */
export interface Statement {
  income: StatementPart
  costs: StatementPart
  /** Income less costs. */
  result: Pick<StatementPart, 'budgetCents' | 'actualCents' | 'differenceCents'>
}

interface Account {
  code: string
  name: string
  side: 'debit' | 'credit'
}
type Amount = { account: string; cents: Cents }

/**
 * @param booked debits less credits of the year on each account
 * @param budget what was budgeted on each account; positive
 */
export function statement(
  accounts: readonly Account[],
  booked: readonly Amount[],
  budget: readonly Amount[],
): Statement {
  const income = part(accounts, 'credit', booked, budget)
  const costs = part(accounts, 'debit', booked, budget)
  return {
    income,
    costs,
    result: {
      budgetCents: income.budgetCents - costs.budgetCents,
      actualCents: income.actualCents - costs.actualCents,
      differenceCents: income.differenceCents - costs.differenceCents,
    },
  }
}

function part(
  accounts: readonly Account[],
  side: Account['side'],
  booked: readonly Amount[],
  budget: readonly Amount[],
): StatementPart {
  const lines = accounts
    .filter((account) => account.side === side && isResult(account.code) && account.code !== APPROPRIATION)
    .map(({ code, name }) => {
      const budgetCents = sumOf(budget, code)
      const actualCents = side === 'credit' ? -sumOf(booked, code) : sumOf(booked, code)
      return { account: code, name, budgetCents, actualCents, differenceCents: actualCents - budgetCents }
    })
    .filter(({ budgetCents, actualCents }) => budgetCents !== 0n || actualCents !== 0n)
  const sum = (of: (line: StatementLine) => Cents) => lines.reduce((total, line) => total + of(line), 0n)
  return {
    lines,
    budgetCents: sum((line) => line.budgetCents),
    actualCents: sum((line) => line.actualCents),
    differenceCents: sum((line) => line.differenceCents),
  }
}

function sumOf(amounts: readonly Amount[], account: string): Cents {
  return amounts.reduce((sum, one) => (one.account === account ? sum + one.cents : sum), 0n)
}
