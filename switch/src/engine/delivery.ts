// Events on their way to the server: numbered, journalled, kept until acknowledged, told to the one connection that holds the lease.
import type { EngineEvent, EventData, EventKind } from '../engine-port.ts'
import type { Journal, JournalRecord } from '../journal/journal.ts'
import { now } from './clock.ts'

export type Receiver = { id: string, send: (events: unknown[]) => void }
export type Delivery = {
  epoch: string
  emit: (tenant: string, callId: string | null, kind: EventKind, data: EventData<EventKind>) => void
  firstSeq: () => number
  lastSeq: () => number
  acknowledged: () => number
  acknowledge: (epoch: string, seq: number) => void
  /** Asks for the lease; waits in line behind the holder. `after` is the last event the receiver has. */
  ask: (receiver: Receiver, after: number, held: (has: boolean) => void) => void
  leave: (id: string) => void
  backlog: () => number
}

/** Events kept in memory; older ones that are not acknowledged are read from the journal again. */
const IN_MEMORY = 20_000
const BATCH = 200
/** Unacknowledged events on the wire at most, so that a slow server is not drowned. */
const WINDOW = 2000

/** @param start what the journal knew: epoch, last number, last acknowledged, events since. */
export function newDelivery(journal: Journal, start: { epoch: string, last: number, acknowledged: number, events: { seq: number }[] }): Delivery {
  let { last, acknowledged } = start
  const events: { seq: number }[] = start.events.slice(-IN_MEMORY)
  let durable = last
  let asking: { receiver: Receiver, after: number, held: (has: boolean) => void }[] = []
  let sent = 0
  let reading = false

  function push(): void {
    const holder = asking[0]
    if (!holder || reading) return
    while (sent < durable && sent - acknowledged < WINDOW) {
      const first = events[0]?.seq ?? durable + 1
      if (sent + 1 < first) return catchUp(holder)
      const from = sent + 1 - first
      const batch = events.slice(from, from + Math.min(BATCH, durable - sent))
      const end = batch.at(-1)
      if (!end) return
      sent = end.seq
      holder.receiver.send(batch)
    }
  }
  /** The receiver is behind what memory holds. */
  function catchUp(holder: (typeof asking)[number]): void {
    reading = true
    const found: { seq: number }[] = []
    journal.readAll((record) => {
      if (record.k === 'e' && typeof record.seq === 'number' && record.seq > sent && found.length < WINDOW) found.push(record.event as { seq: number })
    }).then(() => {
      reading = false
      if (asking[0] !== holder || found.length === 0) {
        // Events that are nowhere any more: the gap was told in the welcome, go on with what there is.
        sent = Math.max(sent, (events[0]?.seq ?? durable + 1) - 1)
        return push()
      }
      found.sort((a, b) => a.seq - b.seq)
      sent = found.at(-1)?.seq ?? sent
      for (let i = 0; i < found.length; i += BATCH) holder.receiver.send(found.slice(i, i + BATCH))
    }, () => { reading = false })
  }

  return {
    epoch: start.epoch,
    emit(tenant, callId, kind, data) {
      last += 1
      const event = { epoch: start.epoch, seq: last, tenant, callId, at: now(), kind, data } as EngineEvent
      journal.append({ k: 'e', seq: last, event } satisfies JournalRecord)
      events.push(event)
      if (events.length > IN_MEMORY * 1.1) events.splice(0, events.length - IN_MEMORY)
      const seq = last
      journal.after(() => { durable = Math.max(durable, seq); push() })
    },
    firstSeq: () => acknowledged + 1,
    lastSeq: () => last,
    acknowledged: () => acknowledged,
    acknowledge(epoch, seq) {
      if (epoch !== start.epoch || seq <= acknowledged || seq > last) return
      acknowledged = seq
      journal.append({ k: 'ack', upTo: seq })
      const first = events[0]?.seq ?? 0
      if (seq >= first) events.splice(0, seq - first + 1)
      push()
    },
    ask(receiver, after, held) {
      asking.push({ receiver, after, held })
      const first = asking[0]
      if (first?.receiver === receiver) { sent = after; held(true); push() } else held(false)
    },
    leave(id) {
      const was = asking[0]
      asking = asking.filter((one) => one.receiver.id !== id)
      const first = asking[0]
      if (first && first !== was) { sent = Math.max(first.after, acknowledged); first.held(true); push() }
    },
    backlog: () => last - acknowledged,
  }
}
