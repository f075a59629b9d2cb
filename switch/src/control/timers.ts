// Due times by key: a heap with one valid entry per key; setting again replaces.
export type Timers = { set: (key: string, at: number | null) => void, next: () => number | null, due: (now: number) => string[] }

/** An empty table of due times (ms). `due` removes and returns the keys that are due, earliest first. */
export function newTimers(): Timers {
  const heap: { key: string, at: number }[] = []
  const valid = new Map<string, number>()
  const less = (a: number, b: number): boolean => (heap[a]?.at ?? Infinity) < (heap[b]?.at ?? Infinity)
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]]
    if (x && y) { heap[a] = y; heap[b] = x }
  }
  const up = (start: number): void => {
    for (let i = start; i > 0 && less(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1)
  }
  const pop = (): { key: string, at: number } | undefined => {
    const top = heap[0]
    const last = heap.pop()
    if (heap.length > 0 && last) {
      heap[0] = last
      for (let i = 0; ;) {
        const least = [2 * i + 1, 2 * i + 2].reduce((m, c) => less(c, m) ? c : m, i)
        if (least === i) break
        swap(i, least)
        i = least
      }
    }
    return top
  }
  const clean = (): void => {
    while (heap[0] && valid.get(heap[0].key) !== heap[0].at) pop()
  }
  return {
    set(key, at) {
      if (at === null) { valid.delete(key); return }
      if (valid.get(key) === at) return
      valid.set(key, at)
      heap.push({ key, at })
      up(heap.length - 1)
    },
    next() {
      clean()
      return heap[0]?.at ?? null
    },
    due(now) {
      const keys: string[] = []
      for (clean(); heap[0] && heap[0].at <= now; clean()) {
        const top = pop()
        if (top && valid.get(top.key) === top.at) { valid.delete(top.key); keys.push(top.key) }
      }
      return keys
    },
  }
}
