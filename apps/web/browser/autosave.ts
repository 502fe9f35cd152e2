/**
 * Saves a form field by field while it is filled in: `<form data-autosave="/address">`, in which every field that is
 * saved has a hidden `gezien.<name>` with what was seen of it. Two people can write at once; what the other wrote in
 * the same field is shown, to choose from. Without this file the button of the form saves everything at once.
 */

const PAUSE_MS = 900
const PATIENCE_MS = 15_000
const MOST_WAIT_MS = 30_000

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

interface Answer {
  said: string
  saved: { field: string; seen: string; changed: string; words: string }[]
  conflicts: { field: string; theirs: string; seen: string; heading: string; shown: string }[]
  closed: string[]
  closedSaid: string
  undone: string
  totals: Record<string, string>
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) autosave(form)

function autosave(form: HTMLFormElement): void {
  const state = document.getElementById('bewaard')
  /** Fields with a text that the server doesn't have, each with what was sent of it last. */
  const unsaved = new Map<string, string | null>()
  /** Fields that wait for a choice between two texts. */
  const undecided = new Set<string>()
  let timer: number | undefined
  let isSending = false
  let wait = 1_000

  const seenOf = (name: string) => named(form, `gezien.${name}`) as HTMLInputElement | null
  const say = (text: string | undefined) => {
    if (state && text && state.textContent !== text) state.textContent = text
  }
  const soon = (pause: number) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(send, pause)
  }

  form.addEventListener('input', ({ target }) => {
    const { name } = target as Field
    if (!name || !seenOf(name)) return
    unsaved.set(name, null)
    say(form.dataset.saving)
    if (!undecided.has(name)) soon(PAUSE_MS)
  })
  form.addEventListener('change', () => soon(0))
  window.addEventListener('online', () => soon(0))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void send()
  })
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault()
  })
  // The form itself saves everything, also what waits for a choice.
  form.addEventListener('submit', () => {
    window.clearTimeout(timer)
    unsaved.clear()
  })

  async function send(): Promise<void> {
    window.clearTimeout(timer)
    if (isSending) return
    const names = [...unsaved.keys()].filter((name) => !undecided.has(name))
    if (names.length === 0) return
    const body = new URLSearchParams({ _csrf: (named(form, '_csrf') as HTMLInputElement).value })
    for (const name of names) {
      const text = (named(form, name) as Field).value
      unsaved.set(name, text)
      body.set(name, text)
      body.set(`gezien.${name}`, seenOf(name)!.value)
    }
    isSending = true
    const outcome = await post(form.dataset.autosave!, body)
    isSending = false
    if (typeof outcome !== 'string') return took(outcome)
    say(form.dataset[outcome])
    if (outcome === 'refused') return
    soon(wait)
    wait = Math.min(wait * 2, MOST_WAIT_MS)
  }

  function took(answer: Answer): void {
    wait = 1_000
    for (const { field, seen, changed, words } of answer.saved) {
      seenOf(field)!.value = seen
      // What was typed meanwhile still has to go.
      if (unsaved.get(field) !== null) unsaved.delete(field)
      put(`[data-words="${field}"]`, words)
      if (changed) put(`[data-changed~="${field}"]`, changed)
    }
    for (const conflict of answer.conflicts) ask(conflict)
    for (const [name, text] of Object.entries(answer.totals)) put(`[data-total="${name}"]`, text)
    if (answer.closed.length > 0) say(`${answer.closedSaid} ${answer.closed.join(', ')}`)
    else if (answer.undone) say(answer.undone)
    else if (unsaved.size === 0) say(answer.said)
    if ([...unsaved].some(([name, sent]) => sent === null && !undecided.has(name))) soon(PAUSE_MS)
  }

  /** Both texts, to choose from; the own one stays in the field until then. */
  function ask({ field, theirs, seen, heading, shown }: Answer['conflicts'][number]): void {
    const control = named(form, field) as Field
    undecided.add(field)
    const box = document.createElement('div')
    box.className = 'samen-conflict'
    box.setAttribute('role', 'group')
    const title = document.createElement('p')
    title.textContent = heading
    title.id = `${control.id}-keuze`
    box.setAttribute('aria-labelledby', title.id)
    const other = document.createElement('blockquote')
    other.className = 'samen-typed'
    other.textContent = shown
    const decide = (take: boolean) => () => {
      if (take) control.value = theirs
      seenOf(field)!.value = seen
      undecided.delete(field)
      unsaved.set(field, null)
      box.remove()
      control.focus()
      void send()
    }
    box.append(
      title,
      other,
      button(form.dataset.mine!, decide(false)),
      button(form.dataset.theirs!, decide(true)),
    )
    control.insertAdjacentElement('afterend', box)
    say(heading)
  }
}

/** What the server says; or why it did not take it: `offline`, `signedOut` or `refused`. */
async function post(
  address: string,
  body: URLSearchParams,
): Promise<Answer | 'offline' | 'signedOut' | 'refused'> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(address, { method: 'POST', body, signal, keepalive: true })
    if (answer.redirected) return 'signedOut'
    if (answer.ok) return (await answer.json()) as Answer
    return answer.status >= 500 || answer.status === 429 ? 'offline' : 'refused'
  } catch {
    return 'offline'
  }
}

function named(form: HTMLFormElement, name: string): Element | null {
  const found = form.elements.namedItem(name)
  return found instanceof Element ? found : null
}

function put(selector: string, text: string): void {
  for (const element of document.querySelectorAll(selector)) element.textContent = text
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'utrecht-button utrecht-button--secondary-action'
  made.textContent = label
  made.addEventListener('click', act)
  return made
}
