/**
 * Drags the items of `<ol data-order="id">` by their handles, with a mouse, a pen or a finger. Dropped, the new
 * order goes to the server with the form of that id. Buttons beside each item do the same without this file.
 */
export function dragToOrder(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-order]')) {
    const form = document.getElementById(list.dataset.order!) as HTMLFormElement | null
    if (!form) continue
    for (const handle of list.querySelectorAll<HTMLElement>('[data-handle]')) {
      handle.hidden = false
      handle.addEventListener('pointerdown', (event) => drag(event, handle, list, form))
    }
  }
}

function drag(event: PointerEvent, handle: HTMLElement, list: HTMLElement, form: HTMLFormElement): void {
  if (event.button !== 0) return
  event.preventDefault()
  const item = handle.closest<HTMLElement>('[data-id]')!
  const before = orderOf(list)
  const back = item.nextElementSibling
  item.dataset.dragged = ''
  // An element that is moved in the document loses the pointer, so the document listens, not the handle.
  const listening = new AbortController()
  const end = (kept: boolean) => {
    listening.abort()
    delete item.dataset.dragged
    if (!kept) list.insertBefore(item, back)
    else if (orderOf(list) !== before) send(form, orderOf(list))
  }
  const on = <Type extends keyof DocumentEventMap>(
    type: Type,
    act: (event: DocumentEventMap[Type]) => void,
  ) => document.addEventListener(type, act, { signal: listening.signal })
  on('pointermove', ({ clientY }) => list.insertBefore(item, placeFor(item, list, clientY)))
  on('pointerup', () => end(true))
  on('pointercancel', () => end(false))
  on('keydown', ({ key }) => {
    if (key === 'Escape') end(false)
  })
}

/** The item before which the dragged one belongs: the first whose middle is below the pointer. */
function placeFor(item: HTMLElement, list: HTMLElement, y: number): Element | null {
  const others = [...list.children].filter((other) => other !== item)
  const next = others.find((other) => {
    const { top, height } = other.getBoundingClientRect()
    return y < top + height / 2
  })
  return next ?? null
}

const orderOf = (list: HTMLElement): string =>
  [...list.children].map((item) => (item as HTMLElement).dataset.id).join()

function send(form: HTMLFormElement, order: string): void {
  const field = form.elements.namedItem('volgorde') as HTMLInputElement
  field.value = order
  form.requestSubmit()
}
