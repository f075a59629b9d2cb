// 长辈版 and high contrast: choices of this device, set on the root element before the first picture.
import { useSyncExternalStore } from 'react'
import { readValue, writeValue } from '../kit/device-store.ts'

export type Display = { elder: boolean; contrast: boolean; asked: boolean }
const KEY = 'ms.display'
const isDisplay = (value: unknown): value is Display => typeof value === 'object' && value !== null && 'elder' in value

let display: Display = { elder: false, contrast: false, asked: false, ...readValue(KEY, isDisplay) }
const listeners = new Set<() => void>()

function apply(): void {
  const root = document.documentElement
  root.toggleAttribute('data-elder', display.elder)
  root.toggleAttribute('data-contrast', display.contrast)
}
apply()

export function setDisplay(change: Partial<Display>): void {
  display = { ...display, ...change }
  writeValue(KEY, display)
  apply()
  for (const listener of listeners) listener()
}

export const useDisplay = (): Display => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => display)

const online = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => { removeEventListener('online', listener); removeEventListener('offline', listener) }
}
export const useOnline = (): boolean => useSyncExternalStore(online, () => navigator.onLine)
