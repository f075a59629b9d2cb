// Undo and redo of a value, fifty steps back.
import { useCallback, useState } from 'react'

type Kept<T> = { past: T[]; now: T; future: T[] }
const STEPS = 50

export type History<T> = { now: T; set: (next: T) => void; undo: () => void; redo: () => void; reset: (value: T) => void; canUndo: boolean; canRedo: boolean }

export function useHistory<T>(start: T): History<T> {
  const [kept, setKept] = useState<Kept<T>>({ past: [], now: start, future: [] })
  const set = useCallback((next: T) => setKept(({ past, now }) => (next === now ? { past, now, future: [] } : { past: [...past, now].slice(-STEPS), now: next, future: [] })), [])
  const undo = useCallback(() => setKept((held) => {
    const before = held.past.at(-1)
    return before === undefined ? held : { past: held.past.slice(0, -1), now: before, future: [held.now, ...held.future] }
  }), [])
  const redo = useCallback(() => setKept((held) => {
    const [after, ...rest] = held.future
    return after === undefined ? held : { past: [...held.past, held.now], now: after, future: rest }
  }), [])
  const reset = useCallback((value: T) => setKept({ past: [], now: value, future: [] }), [])
  return { now: kept.now, set, undo, redo, reset, canUndo: kept.past.length > 0, canRedo: kept.future.length > 0 }
}
