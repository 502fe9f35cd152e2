/** A crash-safe PostgreSQL of one test's own. */
export interface OwnCluster {
  /** The same after a crash. */
  databaseUrl: string
  /** As the power does it: all its processes die at once, by SIGKILL. */
  crash(): Promise<void>
  /** Starts it again on the same data and the same port. */
  start(): Promise<void>
  remove(): Promise<void>
}

export function startOwnCluster(): Promise<OwnCluster>
