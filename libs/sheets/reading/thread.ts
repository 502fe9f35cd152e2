import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { RuleViolated, type Violation } from '#kernel'
import { projectRoot } from '#platform'
import type { SheetLimits } from '../rules/sheet.js'

const THREAD = join(projectRoot, 'libs/sheets/reading/worker.mjs')
/** Two at a time, so that a crowd of uploads cannot take the memory of the process. */
const AT_ONCE = 2

export type ThreadTask =
  | { kind: 'csv'; text: string; delimiter: string }
  | { kind: 'workbook'; parts: Map<string, Uint8Array> }

const waiting: (() => void)[] = []
let busy = 0

/**
 * Reads in a thread of its own: it may use a bounded amount of memory and time and knows no settings.
 * @throws RuleViolated what the thread refuses; sheet.tooLarge when it runs out of memory, sheet.tooSlow out of time
 */
export async function readInThread<T>(task: ThreadTask, limits: SheetLimits): Promise<T> {
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else busy += 1
  try {
    return await runThread<T>(task, limits)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }
}

function runThread<T>(task: ThreadTask, limits: SheetLimits): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const thread = new Worker(THREAD, {
      workerData: { ...task, limits },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    })
    const timer = setTimeout(() => end(() => reject(RuleViolated.of('sheet.tooSlow'))), limits.time)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void thread.terminate()
    }
    thread.once('message', (answer: { read?: T; refused?: Violation }) =>
      end(() => (answer.refused ? reject(new RuleViolated([answer.refused])) : resolve(answer.read as T))),
    )
    thread.once('error', (error: Error & { code?: string }) =>
      end(() =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? RuleViolated.of('sheet.tooLarge') : error),
      ),
    )
    thread.once('exit', () => end(() => reject(RuleViolated.of('sheet.notReadable'))))
  })
}
