// Knowledge chosen for the next answer: kept in this tab until an answer takes it.
import { useSyncExternalStore } from 'react'

export type Quote = { itemId: string; version: number; title: string; citation: string }

const KEY = 'ms-knowledge-quotes'
const MOST = 10
let held: readonly Quote[] = recall()
const listeners = new Set<() => void>()

function recall(): Quote[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((one): one is Quote => typeof one === 'object' && one !== null && 'itemId' in one && 'version' in one && 'title' in one && 'citation' in one).slice(0, MOST) : []
  } catch {
    return []
  }
}

function set(next: readonly Quote[]): void {
  held = next
  sessionStorage.setItem(KEY, JSON.stringify(next))
  for (const listener of listeners) listener()
}

export function quoteKnowledge(quote: Quote, on: boolean): void {
  const others = held.filter((one) => one.itemId !== quote.itemId)
  set(on ? [...others, quote].slice(-MOST) : others)
}

export const emptyBasket = (): void => set([])
export const basketNow = (): readonly Quote[] => held

export function useBasket(): readonly Quote[] {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => held)
}
