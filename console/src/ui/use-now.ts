// One ticker for all clocks of the page; it stands still while the page is hidden.
import { useSyncExternalStore } from 'react'
import { now } from './time.ts'

const subscribers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let value = now()

function tick(): void {
  value = now()
  for (const subscriber of subscribers) subscriber()
}

function arrange(): void {
  const run = subscribers.size > 0 && !document.hidden
  if (run && timer === undefined) {
    tick()
    timer = setInterval(tick, 1000)
  } else if (!run) {
    clearInterval(timer)
    timer = undefined
  }
}

function subscribe(subscriber: () => void): () => void {
  if (subscribers.size === 0) document.addEventListener('visibilitychange', arrange)
  subscribers.add(subscriber)
  arrange()
  return () => {
    subscribers.delete(subscriber)
    if (subscribers.size === 0) document.removeEventListener('visibilitychange', arrange)
    arrange()
  }
}

/** Server's now in milliseconds, renewed every `step` seconds (default a minute's worth is too coarse for chips: 15). */
export function useNow(step = 15): number {
  return useSyncExternalStore(subscribe, () => Math.floor(value / (step * 1000)) * step * 1000)
}
