/** What came back: status, where to go on, and the text. */
export interface Answer {
  status: number
  location: string | null
  text: string
}

/** A browser without the window: keeps cookies, sends the form's token, follows nothing by itself. */
export class HttpClient {
  private readonly cookies = new Map<string, string>()
  private token = ''

  constructor(readonly url: string) {}

  /** The value of the Cookie header, for a browser that takes the session over. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  cookieList(): { name: string; value: string }[] {
    return [...this.cookies].map(([name, value]) => ({ name, value }))
  }

  /** Signs in as a person of the demo: `bestuurder`, `lid-7`. */
  async signInAs(who: string): Promise<void> {
    const answer = await this.post('/demo/inloggen', {
      email: who.includes('@') ? who : `${who}@example.org`,
    })
    if (answer.status !== 303) throw new Error(`Could not sign in as ${who}: ${answer.status}`)
    await this.get('/demo')
  }

  async get(path: string): Promise<Answer> {
    return this.send(path, { method: 'GET' })
  }

  /** Sends a form with the token of the last page that was seen. */
  async post(path: string, fields: Record<string, string | readonly string[]> = {}): Promise<Answer> {
    const all = { ...(this.token ? { _csrf: this.token } : {}), ...fields }
    const body = new URLSearchParams()
    for (const [name, values] of Object.entries(all))
      for (const value of typeof values === 'string' ? [values] : values) body.append(name, value)
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    })
  }

  /** Sends a form with files, each as `[field, name, content]`. */
  async postFiles(
    path: string,
    fields: Record<string, string>,
    files: readonly (readonly [field: string, name: string, content: Uint8Array])[],
  ): Promise<Answer> {
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...(this.token ? { _csrf: this.token } : {}), ...fields }))
      body.set(name, value)
    for (const [field, name, content] of files) body.append(field, new Blob([Buffer.from(content)]), name)
    return this.send(path, { method: 'POST', body })
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      ...init,
      redirect: 'manual',
      // Compressing thousands of answers would only take time here; browsers ask for it.
      headers: { 'accept-encoding': 'identity', ...init.headers, cookie: this.cookie },
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    const text = await response.text()
    this.token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.token
    return { status: response.status, location: response.headers.get('location'), text }
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    const [name = '', ...value] = pair.split('=')
    if (value.join('=') === '' || /expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value.join('='))
  }
}
