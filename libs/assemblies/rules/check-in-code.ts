/** What stands in the address behind a check-in code: the member, and what proves that we printed it. */
export interface CheckInCode {
  memberId: string
  proof: string
}

/** How many characters of the proof stand in the code: 96 bits, which nobody guesses. */
export const PROOF_LENGTH = 16

const SHAPE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{16})$/

/** The code as it stands in the address. The proof is cut to {@link PROOF_LENGTH}: a smaller code scans better. */
export function writeCheckInCode({ memberId, proof }: CheckInCode): string {
  return `${memberId}.${proof.slice(0, PROOF_LENGTH)}`
}

/** Reads a code from an address; null when it can't be one. */
export function readCheckInCode(code: string): CheckInCode | null {
  const [, memberId, proof] = SHAPE.exec(code) ?? []
  return memberId && proof ? { memberId, proof } : null
}
