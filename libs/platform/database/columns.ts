import type { ValueTransformer } from 'typeorm'

/** bigint columns hold whole cents or counts: exact in both directions. */
export const bigintColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) =>
    value === null || value === undefined ? value : value.toString(),
  from: (value: string | bigint | null) => (value === null ? null : BigInt(value)),
}
