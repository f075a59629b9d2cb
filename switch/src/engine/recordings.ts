// Recordings of the spool: which call each belongs to, told when they are ready, mended after a crash, forgotten when the server has them.
import { stat } from 'node:fs/promises'
import type { Call } from '../control/call.ts'
import type { Journal, JournalRecord } from '../journal/journal.ts'
import type { MediaHappening } from '../media-port.ts'
import type { Delivery } from './delivery.ts'
import { type RecordingMeta, forgetFile, recordingFile, repairWav } from './spool.ts'

export type Recordings = ReturnType<typeof newRecordings>

/** @param known what the journal knew. */
export function newRecordings(spool: string, known: Map<string, RecordingMeta>, journal: Journal, delivery: Delivery) {
  const kindOf = (meta: RecordingMeta): 'call' | 'voicemail' => meta.box === null ? 'call' : 'voicemail'
  function keep(meta: RecordingMeta): void {
    known.set(meta.id, meta)
    journal.append({ k: 'r', id: meta.id, meta })
  }
  function drop(id: string): void {
    known.delete(id)
    journal.append({ k: 'r', id, meta: null })
  }
  function failed(meta: RecordingMeta, reason: string): void {
    delivery.emit(meta.tenant, meta.call, 'recordingFailed', { recordingId: meta.id, kind: kindOf(meta), reason })
    drop(meta.id)
  }
  function ready(meta: RecordingMeta, file: { ms: number, bytes: number, sha256: string }, repaired: boolean): void {
    keep({ ...meta, ready: true })
    delivery.emit(meta.tenant, meta.call, 'recordingReady', { recordingId: meta.id, segment: meta.segment, kind: kindOf(meta), ...file, offsetMs: meta.offsetMs, agents: meta.agents, box: meta.box, number: meta.number, repaired })
  }
  return {
    /** Remembers what a call's running recording is, when it begins and when its agents change. */
    note(tenant: string, call: Call): void {
      const running = call.recording
      if (!running || known.get(running.id)?.agents.length === call.agents.length) return
      keep({ id: running.id, tenant, call: call.id, segment: running.segment, startedAt: running.startedAt, offsetMs: running.startedAt - call.startedAt, agents: call.agents, box: running.box, number: call.direction === 'inbound' ? call.from : call.to, ready: false })
    },
    tenantOf: (id: string): string | undefined => known.get(id)?.tenant,
    happened(it: Extract<MediaHappening, { kind: 'recording' }>): void {
      const meta = known.get(it.recording)
      if (!meta) return
      if (it.state === 'failed') failed(meta, it.reason ?? '')
      else if (it.state === 'finished') ready(meta, { ms: it.ms ?? 0, bytes: it.bytes ?? 0, sha256: it.sha256 ?? '' }, false)
    },
    /** After a crash: what is on disk is told as it is, what never came to disk is told as failed. */
    async mend(): Promise<void> {
      for (const meta of [...known.values()]) {
        if (meta.ready) continue
        const file = recordingFile(spool, meta.id)
        const repaired = file ? await repairWav(file) : null
        if (repaired) ready(meta, repaired, true)
        else failed(meta, 'nothing was on disk when the exchange was stopped')
      }
    },
    /** False for a recording that is not the tenant's. */
    async forget(tenant: string, id: string): Promise<boolean> {
      if (known.get(id)?.tenant !== tenant) return false
      await forgetFile(spool, id)
      drop(id)
      return true
    },
    async file(id: string): Promise<{ file: string, size: number } | null> {
      const file = known.has(id) ? recordingFile(spool, id) : null
      const found = file ? await stat(file).catch(() => null) : null
      return file && found ? { file, size: found.size } : null
    },
    *records(): Iterable<JournalRecord> {
      for (const [id, meta] of known) yield { k: 'r', id, meta }
    },
    get size() { return known.size },
  }
}
