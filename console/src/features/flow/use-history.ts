// A value with undo and redo, fifty steps.
import { useCallback, useReducer } from 'react'

const STEPS = 50
type State<T> = { past: T[]; now: T; future: T[] }
type Act<T> = { kind: 'set'; value: T } | { kind: 'undo' | 'redo' } | { kind: 'reset'; value: T }

export function step<T>(state: State<T>, act: Act<T>): State<T> {
  switch (act.kind) {
    case 'set':
      return act.value === state.now ? state : { past: [...state.past, state.now].slice(-STEPS), now: act.value, future: [] }
    case 'undo': {
      const before = state.past.at(-1)
      return before === undefined ? state : { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future] }
    }
    case 'redo': {
      const [after, ...rest] = state.future
      return after === undefined ? state : { past: [...state.past, state.now], now: after, future: rest }
    }
    case 'reset':
      return { past: [], now: act.value, future: [] }
  }
}

export type History<T> = { now: T; set: (value: T) => void; undo: () => void; redo: () => void; reset: (value: T) => void; canUndo: boolean; canRedo: boolean }

export function useHistory<T>(initial: T): History<T> {
  const [state, act] = useReducer(step<T>, { past: [], now: initial, future: [] })
  return {
    now: state.now, canUndo: state.past.length > 0, canRedo: state.future.length > 0,
    set: useCallback((value: T) => act({ kind: 'set', value }), []), undo: useCallback(() => act({ kind: 'undo' }), []), redo: useCallback(() => act({ kind: 'redo' }), []), reset: useCallback((value: T) => act({ kind: 'reset', value }), []),
  }
}
