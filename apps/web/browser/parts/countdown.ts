/** A page is read again a little later for one than for another, so that a hall does not stampede. */
const SPREAD_MS = 1_500
const LAST_MINUTE = 60

/**
 * Counts down to the announced end of a poll: `<p data-ends-in="milliseconds">` with a `[data-countdown]` in it. The
 * moving figure is not read out; the live text beside it speaks once, a minute before the end. At the end the page
 * is read again: it then says that the poll is closed, or that it got more time. Without this file the page says at
 * what time the poll closes.
 */
export function countDown(): void {
  const line = document.querySelector<HTMLElement>('[data-ends-in]')
  const figure = line?.querySelector<HTMLElement>('[data-countdown]')
  if (!line || !figure) return
  const endsAt = performance.now() + Number(line.dataset.endsIn)
  figure.setAttribute('aria-hidden', 'true')
  let spoken = secondsUntil(endsAt) <= LAST_MINUTE
  const show = () => {
    const seconds = secondsUntil(endsAt)
    figure.textContent = seconds > 0 ? `${line.dataset.left} ${asClock(seconds)}` : ''
    if (!spoken && seconds <= LAST_MINUTE) {
      spoken = true
      const live = document.getElementById('stemming-einde-melding')
      if (live) live.textContent = line.dataset.lastMinute ?? ''
    }
    if (seconds > 0) return
    window.clearInterval(timer)
    window.setTimeout(() => window.location.reload(), Math.random() * SPREAD_MS)
  }
  const timer = window.setInterval(show, 1_000)
  show()
}

function secondsUntil(endsAt: number): number {
  return Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000))
}

/** "4:05". */
function asClock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
