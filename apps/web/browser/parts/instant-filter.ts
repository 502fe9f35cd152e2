const PAUSE_MS = 150

/**
 * A filter that answers while one types: `<form method="get" data-instant="id">` replaces the element with that
 * id by the one on the page that the form leads to. Without this file the button of the form does the same.
 */
export function filterWhileTyping(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-instant]')) follow(form)
}

function follow(form: HTMLFormElement): void {
  let timer: number | undefined
  let asked: AbortController | undefined
  const ask = async () => {
    asked?.abort()
    asked = new AbortController()
    const url = addressOf(form)
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { accept: 'text/html' } })
      if (!answer.ok) return
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
      replaceRegion(form.dataset.instant!, fresh)
      history.replaceState(history.state, '', url)
    } catch {
      // Overtaken by the next key, or no connection: the button still works.
    }
  }
  const soon = (pause: number) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(ask, pause)
  }
  form.addEventListener('input', (event) => {
    const isTyped = (event.target as HTMLElement).matches('input[type="search"], input[type="text"]')
    soon(isTyped ? PAUSE_MS : 0)
  })
}

/** Where the form leads, without its empty fields. */
function addressOf(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].filter((field): field is [string, string] => field[1] !== '')
  const query = new URLSearchParams(fields)
  return query.size > 0 ? `${form.action}?${query}` : form.action
}

function replaceRegion(id: string, fresh: Document): void {
  const [old, next] = [document.getElementById(id), fresh.getElementById(id)]
  if (!old || !next) return
  old.replaceChildren(...next.childNodes)
  // A live region is read out when its text changes, not when it is replaced as a whole.
  const live = document.getElementById('samen-busy')
  if (live) live.textContent = old.querySelector('[role="status"]')?.textContent ?? ''
}
