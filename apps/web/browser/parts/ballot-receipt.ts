/** How long a ballot may be under way before we say that we don't know. */
const PATIENCE_MS = 10_000
const LOOK_AGAIN_MS = 2_000

/**
 * A ballot is recorded or it is not, and the voter is told which, also when the answer got lost: then the page looks
 * itself whether the ballot arrived. Without this file the browser shows its own error, and the page of the poll tells
 * when it is opened again. Sending twice is harmless: one ballot per elector.
 */
export function confirmBallots(): void {
  const status = document.getElementById('stem-verbinding')
  const form = document.querySelector<HTMLFormElement>('form[action$="/stem"]')
  if (!status || !form) return
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || form.dataset.sent) return
    event.preventDefault()
    void send(form, (event as SubmitEvent).submitter as HTMLButtonElement | null, status)
  })
}

async function send(
  form: HTMLFormElement,
  button: HTMLButtonElement | null,
  status: HTMLElement,
): Promise<void> {
  const address = button?.getAttribute('formaction') ?? form.getAttribute('action')!
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  try {
    const answer = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.redirected) return window.location.assign(answer.url)
    // Refused: the page that says why comes by sending it the plain way; it changes nothing.
    form.action = address
    return form.submit()
  } catch {
    status.textContent = status.dataset.lost ?? ''
    await lookUntilKnown(form, button, status, receiptOf(form, address))
  }
}

/** Where it stands whether the ballot was recorded: of one member, or of all when they were cast alike. */
function receiptOf(form: HTMLFormElement, address: string): string {
  const receipt = address.replace(/\/stem(men)?$/, '/bevestiging')
  return address.endsWith('/stem') ? `${receipt}?lid=${new FormData(form).get('member')}` : receipt
}

async function lookUntilKnown(
  form: HTMLFormElement,
  button: HTMLButtonElement | null,
  status: HTMLElement,
  receipt: string,
): Promise<void> {
  for (;;) {
    await new Promise((resolve) => window.setTimeout(resolve, LOOK_AGAIN_MS))
    try {
      const answer = await fetch(receipt, { signal: AbortSignal.timeout(PATIENCE_MS) })
      if (answer.status >= 500) continue
      // Without a ballot the receipt leads back to the poll.
      if (answer.ok && !answer.redirected) return window.location.assign(receipt)
      status.textContent = status.dataset.notRecorded ?? ''
      delete form.dataset.sent
      button?.removeAttribute('aria-disabled')
      button?.focus()
      return
    } catch {
      // Still no connection.
    }
  }
}
