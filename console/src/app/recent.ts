// The last 20 objects a person opened (Ctrl E), kept on this machine per person.
import { useEffect, useSyncExternalStore } from 'react'

export type Recent = { kind: string; title: string; hint?: string; path: string; unsaved?: boolean }

const most = 20
const name = 'ms-recent'
const watchers = new Set<() => void>()
let items: readonly Recent[] = read()

function isRecent(value: unknown): value is Recent {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && 'title' in value && typeof value.title === 'string' && 'kind' in value && typeof value.kind === 'string'
}

function read(): readonly Recent[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isRecent) : []
  } catch {
    return []
  }
}

/** Puts an object first. Kept for the browser session only: titles are personal data of requesters. */
function remember(recent: Recent): void {
  items = [recent, ...items.filter((one) => one.path !== recent.path)].slice(0, most)
  sessionStorage.setItem(name, JSON.stringify(items))
  for (const watcher of watchers) watcher()
}

export function useRecent(recent: Recent | null): void {
  const text = recent ? JSON.stringify(recent) : null
  useEffect(() => {
    if (!text) return
    const value: unknown = JSON.parse(text)
    if (isRecent(value)) remember(value)
  }, [text])
}

export function useRecents(): readonly Recent[] {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, () => items)
}
