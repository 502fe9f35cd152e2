import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { RuleViolated, type Violation } from '#kernel'
import { projectRoot } from '#platform'
import type { SheetLimits } from '../rules/sheet.js'
import type { XmlLimits } from '../rules/xml.js'

const THREAD = join(projectRoot, 'libs/sheets/reading/worker.mjs')
/** Two at a time, so that a crowd of uploads cannot take the memory of the process. */
const AT_ONCE = 2

export type ThreadTask =
  | { kind: 'csv'; text: string; delimiter: string }
  | { kind: 'workbook'; parts: Map<string, Uint8Array> }
  | { kind: 'xml'; text: string }

type Limits = SheetLimits | XmlLimits

const waiting: (() => void)[] = []
let busy = 0

/**
 * Reads in a thread of its own: it may use a bounded amount of memory and time and knows no settings.
 * @throws RuleViolated what the thread refuses; sheet.tooLarge when it runs out of memory, sheet.tooSlow out of time
 */
export async function readInThread<T>(task: ThreadTask, limits: Limits): Promise<T> {
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

/** A thread that was started beforehand, with what it may use, and waits for its one file. */
let spare: { thread: Worker; memory: number } | null = null

function runThread<T>(task: ThreadTask, limits: Limits): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const thread = takeThread(limits.memory)
    const timer = setTimeout(() => end(() => reject(RuleViolated.of('sheet.tooSlow'))), limits.time)
    let ended = false
    const end = (settle: () => void) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      settle()
      void thread.terminate()
      keepSpare(limits.memory)
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
    thread.postMessage({ ...task, limits })
  })
}

/** The spare thread when it has these limits, else a new one. Each thread reads one file and is ended. */
function takeThread(memory: number): Worker {
  if (spare?.memory !== memory) return startThread(memory)
  const { thread } = spare
  spare = null
  thread.removeAllListeners()
  thread.ref()
  return thread
}

/** Starting a thread takes longer than most files: the next one is started while nobody waits for it. */
function keepSpare(memory: number): void {
  if (spare?.memory === memory) return
  void spare?.thread.terminate()
  const thread = startThread(memory)
  thread.unref()
  const forget = () => {
    if (spare?.thread === thread) spare = null
  }
  thread.once('error', forget)
  thread.once('exit', forget)
  spare = { thread, memory }
}

function startThread(memory: number): Worker {
  return new Worker(THREAD, {
    env: {},
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: memory,
      maxYoungGenerationSizeMb: Math.min(64, memory / 4),
      stackSizeMb: 4,
    },
  })
}
