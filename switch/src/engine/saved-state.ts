// What the journal's records add up to: the state that a killed exchange begins from.
import type { Agent } from '../control/agent.ts'
import type { Call } from '../control/call.ts'
import type { Callback, World } from '../control/world.ts'
import type { JournalRecord } from '../journal/journal.ts'
import { now } from './clock.ts'
import type { RecordingMeta } from './spool.ts'

/** Tables of a world that are journalled whole when they change. */
export type Tables = { locked: string[], tally: [string, { day: number, calls: number, talkMs: number }][], lastAgents: [string, { agent: string, at: number }][], /** callers with more than one call within the hour */ recent?: [string, number[]][] }
export const tablesOf = (w: World): Tables => ({ locked: [...w.locked], tally: [...w.tally], lastAgents: [...w.lastAgents].slice(-2000), recent: [...w.recent].filter(([, times]) => times.length > 1).slice(-2000) })

/** A telephone that has registered; `binding` is media's own, `until` in ms since 1970. */
export type Phone = { tenant: string, user: string, binding: string, until: number }

export type SavedState = {
  epoch: string, last: number, acknowledged: number, at: number, events: { seq: number }[]
  calls: Map<string, { tenant: string, call: Call }>, agents: Map<string, { tenant: string, agent: Agent }>, callbacks: Map<string, { tenant: string, callback: Callback }>, tables: Map<string, Tables>
  dialogs: Map<string, string>, recordings: Map<string, RecordingMeta>, phones: Map<string, Phone>
}
export const newSavedState = (): SavedState => ({ epoch: '', last: 0, acknowledged: 0, at: now(), events: [], calls: new Map(), agents: new Map(), callbacks: new Map(), tables: new Map(), dialogs: new Map(), recordings: new Map(), phones: new Map() })

/** Takes one record in; kinds of a newer exchange are passed over. */
export function readRecord(s: SavedState, r: JournalRecord): void {
  const [tenant, id] = [String(r.tenant), String(r.id)]
  const put = <T>(map: Map<string, T>, key: string, value: T | null): void => { if (value === null) map.delete(key); else map.set(key, value) }
  switch (r.k) {
    case 'h': s.epoch = String(r.epoch); s.last = Math.max(s.last, Number(r.last)); s.acknowledged = Math.max(s.acknowledged, Number(r.acknowledged)); break
    case 'e': { const event = r.event as { seq: number, at: number }; s.last = Math.max(s.last, event.seq); s.at = event.at; s.events.push(event); break }
    case 'ack': s.acknowledged = Math.max(s.acknowledged, Number(r.upTo)); break
    case 'c': s.calls.set(id, { tenant, call: r.call as Call }); break
    case 'x': s.calls.delete(id); break
    case 'a': put(s.agents, `${tenant} ${id}`, r.agent ? { tenant, agent: r.agent as Agent } : null); break
    case 'b': put(s.callbacks, id, r.callback ? { tenant, callback: r.callback as Callback } : null); break
    case 'd': put(s.dialogs, String(r.leg), typeof r.dialog === 'string' ? r.dialog : null); break
    case 'r': put(s.recordings, id, r.meta ? r.meta as RecordingMeta : null); break
    case 'p': put(s.phones, `${tenant} ${String(r.user)}`, r.phone ? r.phone as Phone : null); break
    case 't': s.tables.set(tenant, r.tables as Tables); break
    default:
  }
}
