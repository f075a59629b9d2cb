// What is live, as the server and desks are shown it.
import type { LiveState, QueueView } from '../engine-port.ts'
import { inCallStates, rungNow, viewAgent } from './agent.ts'
import { viewCall } from './call.ts'
import type { World } from './world.ts'

/** Figures of one queue now. */
export function queueView(w: World, id: string, now: number): QueueView {
  const live = w.queues.get(id)
  const waits = (live?.waiting ?? []).map((call) => now - (w.calls.get(call)?.queue?.enteredAt ?? now))
  const agents = [...w.agents.values()].filter((a) => a.queues.includes(id))
  const able = agents.filter((a) => a.state !== 'forcedBusy' && a.state !== 'abnormal').length
  const { offered, answered, abandoned, withinLevel } = live?.today ?? { offered: 0, answered: 0, abandoned: 0, withinLevel: 0 }
  return {
    queue: id, waiting: waits.length, longestMs: Math.max(0, ...waits), averageMs: waits.length > 0 ? Math.round(waits.reduce((a, b) => a + b, 0) / waits.length) : 0, expectedMs: Math.round((live?.handleMs ?? 120_000) * (waits.length + 1) / Math.max(1, able)),
    ready: agents.filter((a) => rungNow(a)).length, talking: agents.filter((a) => inCallStates.has(a.state)).length, busy: agents.filter((a) => !rungNow(a) && !inCallStates.has(a.state)).length,
    callbacks: [...w.callbacks.values()].filter((b) => b.queue === id).length, today: { offered, answered, abandoned, withinLevel }, overflowing: (live?.overflowing ?? 0) > 0,
  }
}

/** Everything live of a tenant. */
export const liveOf = (w: World, now: number): LiveState => ({
  at: now, calls: [...w.calls.values()].map(viewCall), agents: [...w.agents.values()].map(viewAgent), queues: (w.index?.policy.queues ?? []).map((q) => queueView(w, q.id, now)),
  trunks: [...w.trunks].map(([trunk, t]) => ({ trunk, state: t.state, channels: t.channels, reason: t.reason })), extensions: [...w.extensions].map(([user, registered]) => ({ user, registered })),
})
