import type { Period } from '../../ui/period.ts'

/** Address of the answers behind a figure. */
export function rowsPath(period: Period, figure: string, unitId?: string, line?: { by: string; key: string }): string {
  return `/callback/stats/rows?${new URLSearchParams({ figure, from: period.from, to: period.to, ...(unitId ? { unitId } : {}), ...line }).toString()}`
}
