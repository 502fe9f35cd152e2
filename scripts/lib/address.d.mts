/** A port of this machine on which nothing listens now. */
export function freePort(): Promise<number>
