/** How often a race or a crash is tried: a few times in `npm test`, many in `npm run test:deep`. */
export function repetitions(usual: number, deep: number): number {
  return process.env.SAMEN_DEEP === '1' ? deep : usual
}
