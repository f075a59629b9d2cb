// What the process tells /metrics about its calls, agents, journal and media.
import type { Driver } from '../control/driver.ts'
import type { World } from '../control/world.ts'
import type { Journal } from '../journal/journal.ts'
import type { MediaPort } from '../media-port.ts'
import type { Delivery } from './delivery.ts'

/** By Prometheus name without prefix. */
export function figuresOf(tenants: ReadonlyMap<string, { driver: Driver }>, delivery: Delivery, journal: Journal, media: MediaPort, healed: number): Record<string, number> {
  const all = [...tenants.values()].map((t) => t.driver.world)
  const j = journal.figures()
  const count = (of: (w: World) => number): number => all.reduce((sum, w) => sum + of(w), 0)
  return {
    calls: count((w) => w.calls.size), calls_queued: count((w) => [...w.calls.values()].filter((c) => c.state === 'queued').length), calls_talking: count((w) => [...w.calls.values()].filter((c) => c.state === 'talking' || c.state === 'held').length),
    agents: count((w) => w.agents.size), agents_ready: count((w) => [...w.agents.values()].filter((a) => a.state === 'ready').length), callbacks: count((w) => w.callbacks.size), audit_findings_total: healed,
    events_total: delivery.lastSeq(), events_backlog: delivery.backlog(), journal_flushes_total: j.flushes, journal_bytes_total: j.bytes, journal_worst_ms: Math.round(j.worstMs), journal_failed: j.failed ? 1 : 0, ...media.figures(),
  }
}
