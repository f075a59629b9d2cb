// Calls a minute per caller and route, in this process's memory: it blunts guessing and floods, it is no accounting.
const windows = new Map<string, { minute: number; calls: number }>()

export function allowCall(key: string, perMinute: number): boolean {
  const minute = Math.floor(performance.now() / 60_000)
  const entry = windows.get(key)
  if (!entry || entry.minute !== minute) {
    if (windows.size > 50_000) windows.clear()
    windows.set(key, { minute, calls: 1 })
    return true
  }
  entry.calls += 1
  return entry.calls <= perMinute
}
