import 'reflect-metadata'
import type { INestApplicationContext } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { People, SignIn } from '#identity'
import { LedgerCheck } from '#ledger'
import {
  Clock,
  type Config,
  Database,
  loadConfig,
  Messages,
  migrate,
  PlatformModule,
  prepareQueueTables,
} from '#platform'
import { Retention } from '#privacy'
import { migrations } from '../../migrations/index.js'
import { loadDemoOnce } from '../demo/load-demo.js'
import { domainModules } from '../domain.modules.js'
import { entities } from '../entities.js'
import { BadInput } from './compute/index.js'
import { ledgerReport } from './ledger-report.js'

@Module({})
class CommandModule {
  static with(config: Config) {
    return { module: CommandModule, imports: [PlatformModule.with(config, entities), ...domainModules] }
  }
}

/** No mail leaves from the command line, so a missing mail server is no hindrance here. */
function commandConfig(): Config {
  return loadConfig({ MAIL_URL: 'smtp://localhost', ...process.env })
}

async function withServices(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const app = await NestFactory.createApplicationContext(CommandModule.with(commandConfig()), {
    logger: ['error'],
    abortOnError: false,
  })
  try {
    await work(app)
  } finally {
    await app.close()
  }
}

export async function migrateCommand(): Promise<void> {
  const applied = await migrate(commandConfig().databaseUrl, migrations, prepareQueueTables)
  process.stdout.write(applied.length ? `${applied.join('\n')}\n` : 'De database is al bij.\n')
}

export async function demoCommand(): Promise<void> {
  const loaded = await loadDemoOnce({ ...commandConfig(), demo: true })
  process.stdout.write(loaded ? 'Het voorbeeld is geladen.\n' : 'Het voorbeeld was al geladen.\n')
}

export async function adminCommand(email: string, name: string): Promise<void> {
  await withServices(async (app) => {
    const people = app.get(People)
    await app.get(Database).transaction(async (tx) => {
      const known = await people.withAddress(email, tx)
      const personId = known?.id ?? (await people.add(tx, { email, name }))
      if ((await people.visitor(personId))?.has('admin')) return
      await people.assign(tx, { personId, role: 'admin', from: app.get(Clock).today(), by: null })
    })
    process.stdout.write(`${email} is beheerder.\n`)
  })
}

/** Prints one link a line, in the order of the addresses; when one is unknown, none is printed. */
export async function signInLinkCommand(addresses: string[]): Promise<void> {
  await withServices(async (app) => {
    const people = app.get(People)
    for (const address of addresses) {
      if (!(await people.withAddress(address)))
        throw new BadInput('sign-in-link', `${address} is niet bekend`)
    }
    for (const address of addresses) process.stdout.write(`${await app.get(SignIn).linkFor(address)}\n`)
  })
}

/** Does now what the worker does every day; a repeat finds nothing to do. */
export async function retentionCommand(): Promise<void> {
  await withServices(async (app) => {
    const { drafts, evidence, signIns, sessions, notices } = await app.get(Retention).letGoOfAll()
    const lines = [
      `Aanmeldingen die niet zijn ingediend, verwijderd: ${drafts}`,
      `Aanmeldingen waarvan de bewijsstukken zijn gewist: ${evidence}`,
      `Berichten waarvan de inhoud is gewist: ${notices}`,
      `Verzoeken om in te loggen, verwijderd: ${signIns}`,
      `Verlopen sessies, verwijderd: ${sessions}`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  })
}

/** Walks the chain of the ledger and adds everything up again; changes nothing. Exit code 1 when something is wrong. */
export async function verifyLedgerCommand(): Promise<void> {
  await withServices(async (app) => {
    const verdict = await app.get(LedgerCheck).check()
    const { lines, sound } = ledgerReport(verdict, app.get(Messages))
    process.stdout.write(`${lines.join('\n')}\n`)
    if (!sound) process.exitCode = 1
  })
}
