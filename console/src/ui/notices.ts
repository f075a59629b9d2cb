// What may interrupt a person, by priority P0–P4 (ux.md §5.5): the store; NoticeHost shows it.
import { newKey } from '../api/http.ts'

export type NoticeLevel = 'P0' | 'P1' | 'P2' | 'P3' | 'P4'
export type Notice = { key: string; level: NoticeLevel; title: string; text?: string; path?: string; tone?: 'ok' | 'over' | 'near'; /** Told when the person opens or acknowledges it, not when it goes by itself. */ seen?: () => void }

let notices: readonly Notice[] = []
let line: { key: string; text: string; tone: 'ok' | 'over' } | null = null
const watchers = new Set<() => void>()
let lineTimer: ReturnType<typeof setTimeout> | undefined

function changed(): void {
  for (const watcher of watchers) watcher()
}

export function watchNotices(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const currentNotices = (): readonly Notice[] => notices
export const currentLine = (): typeof line => line

/**
 * P0 blocks until confirmed, P1 is a strip, P2 a corner card until acknowledged, P3 a toast of 8 s, P4 only counts. The same key replaces.
 */
export function notify(notice: Omit<Notice, 'key'> & { key?: string }): void {
  if (notice.level === 'P4') return
  const key = notice.key ?? newKey()
  notices = [...notices.filter((one) => one.key !== key), { ...notice, key }]
  if (notice.level === 'P3') setTimeout(() => dismiss(key), 8000)
  changed()
}

/** The person has taken note. */
export function acknowledge(notice: Notice): void {
  dismiss(notice.key)
  notice.seen?.()
}

export function dismiss(key: string): void {
  notices = notices.filter((one) => one.key !== key)
  changed()
}

/** A short polite line about the act just done; errors are assertive and stay a little longer. */
export function say(text: string, tone: 'ok' | 'over' = 'ok'): void {
  line = { key: newKey(), text, tone }
  clearTimeout(lineTimer)
  lineTimer = setTimeout(() => {
    line = null
    changed()
  }, tone === 'ok' ? 3000 : 6000)
  changed()
}
