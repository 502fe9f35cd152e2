/** A stream that says nothing for this long is dead, whatever the browser thinks: the server beats every 20 seconds. */
const SILENCE_MS = 50_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 15_000

export interface StreamListener {
  state(data: string): void
  lost(): void
}

/**
 * Follows a stream of states and never gives up: the browser connects again by itself after a lost connection, but not
 * after an answer that is no stream (a server that starts, a proxy that complains) nor after a silent one.
 */
export function followStream(address: string, listener: StreamListener): void {
  let stream: EventSource | null = null
  let silence: number | undefined
  let retry: number | undefined
  let pause = FIRST_PAUSE_MS

  const heard = () => {
    window.clearTimeout(silence)
    silence = window.setTimeout(() => again(true), SILENCE_MS)
  }
  const connect = () => {
    stream?.close()
    stream = new EventSource(address)
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      pause = FIRST_PAUSE_MS
      heard()
      listener.state(data)
    }
    stream.addEventListener('beat', heard)
    stream.onerror = () => again(stream?.readyState === EventSource.CLOSED)
    heard()
  }
  const again = (byUs: boolean) => {
    listener.lost()
    if (!byUs) return
    stream?.close()
    window.clearTimeout(retry)
    retry = window.setTimeout(connect, pause * (0.5 + Math.random()))
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  const stop = () => {
    stream?.close()
    window.clearTimeout(silence)
    window.clearTimeout(retry)
  }

  window.addEventListener('offline', () => {
    stop()
    listener.lost()
  })
  window.addEventListener('online', connect)
  window.addEventListener('pagehide', stop)
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload()
  })
  connect()
}
