import { followStream } from './live-stream.js'

/** Nobody loses what they are choosing: the own part waits this long before it looks again whether it can change. */
const BUSY_MS = 1_500

interface State {
  html: string
  /** What decides whether the visitor's own part may have changed; which one counts, the page says. */
  keys?: Record<string, string>
  /** What changed, in a sentence for who listens. */
  news?: string
  /** Over how long the whole hall spreads reading the own parts. */
  spreadMs?: number
}

/**
 * A part of the page that follows a stream: `<div data-live="/address">` shows the newest state; of what stands in it
 * only the elements that differ are replaced. The part `zaal-eigen` is read again, a little later, when its key
 * changes. Without this file the page shows the state of when it was loaded.
 */
export function followStreams(): void {
  for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) follow(region)
}

function follow(region: HTMLElement): void {
  let isLost = false
  followStream(region.dataset.live!, {
    state: (data) => {
      const { html, keys, news, spreadMs } = JSON.parse(data) as State
      show(region, html)
      tell('zaal-nieuws', news)
      if (isLost) tell('zaal-verbinding', region.dataset.back ?? '')
      if (keys) checkOwnPart(keys, spreadMs ?? 0, isLost)
      isLost = false
    },
    lost: () => {
      if (!isLost) tell('zaal-verbinding', region.dataset.lost)
      isLost = true
    },
  })
}

/** Replaces the parts that differ, each by its id, so that focus, selection and reading place stay in the others. */
function show(region: HTMLElement, html: string): void {
  const fresh = document.createElement('template')
  fresh.innerHTML = html
  const [now, next] = [[...region.children], [...fresh.content.children]]
  const alike =
    now.length === next.length && next.every(({ id }, index) => id !== '' && id === now[index]!.id)
  if (!alike) {
    if (region.innerHTML.trim() !== html.trim()) region.replaceChildren(fresh.content)
    return
  }
  for (const [index, part] of next.entries()) {
    const old = now[index]!
    if (old.outerHTML === part.outerHTML) continue
    const address = old.contains(document.activeElement) && document.activeElement?.getAttribute('href')
    old.replaceWith(part)
    if (address) part.querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus()
  }
}

let timer: number | undefined

function checkOwnPart(keys: Record<string, string>, spreadMs: number, always: boolean): void {
  const own = document.getElementById('zaal-eigen')
  if (!own) return
  const key = keys[own.dataset.ownFollows ?? 'room']
  if (key === own.dataset.own && !always) return
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void readOwnPart(), Math.random() * spreadMs)
}

async function readOwnPart(): Promise<void> {
  const own = document.getElementById('zaal-eigen')
  if (!own) return
  if (own.contains(document.activeElement) && document.activeElement?.matches('select, input, textarea')) {
    timer = window.setTimeout(() => void readOwnPart(), BUSY_MS)
    return
  }
  try {
    const answer = await fetch(window.location.pathname, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById('zaal-eigen')
    if (!fresh) return
    own.replaceWith(document.adoptNode(fresh))
  } catch {
    // No connection: the stream says so, and its next state reads again.
  }
}

function tell(id: string, text: string | undefined): void {
  const line = document.getElementById(id)
  if (line && text !== undefined && line.textContent !== text) line.textContent = text
}
