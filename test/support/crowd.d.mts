/** What a signed-in browser sends: the cookie of its session and a form token. */
export interface SignedIn {
  cookie: string
  token: string
}

/** A member with its delegate, who is signed in. */
export interface Voter extends SignedIn {
  number: number
  memberId: string
  personId: string
}

type Query = (sql: string, params: unknown[]) => Promise<unknown>

export function makeCrowd(
  query: Query,
  options: { count: number; secret: string; firstNumber?: number },
): Promise<Voter[]>

export function signInAll(query: Query, personIds: string[], secret: string): Promise<SignedIn[]>
