/**
 * Small comforts for every page. All pages work without this file: the server refuses a repeated act by itself,
 * the menu is a <details>, and the browser prints from its own menu.
 */

import { confirmBallots } from './parts/ballot-receipt.js'
import { countDown } from './parts/countdown.js'
import { dragToOrder } from './parts/drag-order.js'
import { filterWhileTyping } from './parts/instant-filter.js'
import { followStreams } from './parts/live-region.js'

showPrintButtons()
focusOnErrors()
sendFormsOnce()
closeMenusOnLeaving()
filterWhileTyping()
dragToOrder()
followStreams()
confirmBallots()
countDown()

/** Print buttons stay hidden where they could do nothing. */
function showPrintButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}

/** After a refused form the summary is read first; a link in it then goes to the field. */
function focusOnErrors(): void {
  document.querySelector<HTMLElement>('[data-error-summary]')?.focus()
}

/**
 * A second click on "send" does nothing. The button keeps its label and its focus; `aria-disabled` instead of
 * `disabled`, since a disabled button drops out of the form's data and loses the reader's place.
 */
function sendFormsOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.method !== 'post') return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = 'yes'
    const button = (event as SubmitEvent).submitter
    button?.setAttribute('aria-disabled', 'true')
    announce(document.body.dataset.busy ?? '')
  })
  // The page may come back from the history as it was left.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    announce('')
    for (const form of document.forms) delete form.dataset.sent
    for (const button of document.querySelectorAll('button[aria-disabled]')) {
      button.removeAttribute('aria-disabled')
    }
  })
}

function announce(text: string): void {
  const region = document.getElementById('samen-busy')
  if (region) region.textContent = text
}

/** The menu closes with Escape, and when the reader goes on elsewhere. */
function closeMenusOnLeaving(): void {
  const close = (menu: HTMLDetailsElement, focus: boolean) => {
    menu.open = false
    if (focus) menu.querySelector('summary')?.focus()
  }
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu]')) {
    menu.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && menu.open) close(menu, true)
    })
    document.addEventListener('click', (event) => {
      if (menu.open && !menu.contains(event.target as Node)) close(menu, false)
    })
    menu.addEventListener('focusout', (event) => {
      const next = event.relatedTarget as Node | null
      if (menu.open && next && !menu.contains(next)) close(menu, false)
    })
  }
}
