// The wire between the server and the exchange (EnginePort): commands down, journalled events up, policy as numbered snapshots; and the desk's socket.
// The one file of the exchange that others may import; it and what it re-exports hold shapes only and run in a browser as well.
//
// ws://host:port/engine with `Authorization: Bearer <token>`; JSON text frames. The server says `hello`, the exchange `welcome`; then commands may be sent and,
// for the one connection that holds the lease on events, events come in batches that must be acknowledged.
// Plain HTTP on the same port, same bearer: PUT /files/<sha256> (prompt content, raw G.711 A-law), GET /recordings/<id> (WAV, ranges), GET /metrics; without bearer GET /health.
// ws://host:port/tap?call=<id>: frames of a running call (bearer): one JSON text frame {tap, legs: {leg: role}}, then binary frames of 16 bytes header
// (u32be leg index, u32be seq, u64be offsetMs) and 320 bytes s16le.
import { z } from 'zod'
import { commandResult, engineCommand } from './port/commands.ts'
import { liveState } from './port/live.ts'

export * from './port/flow.ts'
export * from './port/policy.ts'
export * from './port/commands.ts'
export * from './port/live.ts'
export * from './port/events.ts'
export * from './port/softphone.ts'

/** Number of the wire's form; both sides refuse another one by name instead of guessing. */
export const ENGINE_PORT_VERSION = 1

/** Server → exchange. */
export const toEngine = z.discriminatedUnion('type', [
  /**
   * First message. `events: true` asks for the lease on events: one connection at a time has it; it is renewed by being connected and answering pings, and goes
   * to the next asker when lost. `after` is the last event that was projected, null for none.
   */
  z.object({ type: z.literal('hello'), version: z.number().int(), server: z.string().max(64), events: z.boolean(), after: z.object({ epoch: z.string(), seq: z.number().int().min(0) }).nullable(), live: z.boolean() }),
  z.object({ type: z.literal('command'), command: engineCommand }),
  /** All events up to this one are stored; the exchange may forget them. */
  z.object({ type: z.literal('ack'), epoch: z.string(), seq: z.number().int().min(0) }),
])
export type ToEngine = z.infer<typeof toEngine>

/** Exchange → server. `events` carries raw events: read each with `readEngineEvent`. */
export const fromEngine = z.discriminatedUnion('type', [
  /** `policies`: number held per tenant, so that the server publishes only what is newer. `gap`: events after `after` were lost (another epoch, disk lost): read live state and go on. */
  z.object({ type: z.literal('welcome'), version: z.number().int(), exchange: z.string(), epoch: z.string(), firstSeq: z.number().int(), lastSeq: z.number().int(), gap: z.boolean(), policies: z.record(z.string(), z.number().int()), deployment: z.number().int(), at: z.number().int() }),
  z.object({ type: z.literal('refused'), code: z.enum(['version', 'protocol']), detail: z.string() }),
  z.object({ type: z.literal('lease'), held: z.boolean() }),
  z.object({ type: z.literal('result'), result: commandResult }),
  z.object({ type: z.literal('events'), events: z.array(z.unknown()) }),
  /** About each second per tenant while anything changed, to connections that asked for `live`; not journalled. */
  z.object({ type: z.literal('live'), tenant: z.string(), state: liveState }),
])
export type FromEngine = z.infer<typeof fromEngine>
