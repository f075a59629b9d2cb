// What was said but is not yet acknowledged: kept on the device, sent one after the other, each once by its key.
import { call, type OutputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { sendFileTo } from '../../draft/send-file.ts'
import { dropBlob, heldBlob, keepBlob, readValue, writeValue } from '../../kit/device-store.ts'

export type Said = { clientKey: string; sessionId: string; text: string; file: { blobKey: string; name: string; id: string | null } | null; refused: string | null }
export type Message = OutputOf<'getChat'>['messages'][number]

const KEY = 'ms.chat'
const isList = (value: unknown): value is Said[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'clientKey' in one)
const sendFile = sendFileTo('chat')

let waiting: readonly Said[] = readValue(KEY, isList) ?? []
let running = false
const listeners = new Set<() => void>()
/** Where a private window keeps no blobs, a file lives as long as the page. */
const blobs = new Map<string, Blob>()

function set(next: readonly Said[]): void {
  waiting = next
  writeValue(KEY, next.length > 0 ? next : null)
  for (const listener of listeners) listener()
}

const change = (key: string, part: Partial<Said>): void => set(waiting.map((one) => (one.clientKey === key ? { ...one, ...part } : one)))

export const outbox = {
  list: (): readonly Said[] => waiting,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  async add(sessionId: string, text: string, file?: { blob: Blob; name: string }): Promise<void> {
    const clientKey = newKey()
    const blobKey = `chat:${clientKey}`
    if (file) {
      blobs.set(blobKey, file.blob)
      await keepBlob(blobKey, file.blob)
    }
    set([...waiting, { clientKey, sessionId, text, file: file ? { blobKey, name: file.name, id: null } : null, refused: null }])
  },
  drop(clientKey: string): void {
    const one = waiting.find((w) => w.clientKey === clientKey)
    if (one?.file) void dropBlob(one.file.blobKey)
    set(waiting.filter((w) => w.clientKey !== clientKey))
  },
  /** Sends what waits of this conversation, in order; stops at the first that does not get through. True when nothing is left to try. */
  async send(sessionId: string, arrived: (message: Message) => void): Promise<boolean> {
    if (running) return false
    running = true
    try {
      for (;;) {
        const next = waiting.find((one) => one.sessionId === sessionId && one.refused === null)
        if (!next) return true
        if (!(await deliver(next, arrived))) return false
      }
    } finally {
      running = false
    }
  },
}

async function deliver(next: Said, arrived: (message: Message) => void): Promise<boolean> {
  try {
    let fileId = next.file?.id ?? null
    if (next.file && fileId === null) {
      const blob = blobs.get(next.file.blobKey) ?? (await heldBlob(next.file.blobKey))
      if (!blob) {
        outbox.drop(next.clientKey)
        return true
      }
      fileId = (await sendFile(blob, next.file.name, () => undefined)).id
      change(next.clientKey, { file: { ...next.file, id: fileId } })
    }
    arrived(await call('sayInChat', { sessionId: next.sessionId, clientKey: next.clientKey, text: next.text, ...(fileId ? { fileId } : {}) }, { idempotencyKey: next.clientKey }))
    outbox.drop(next.clientKey)
    return true
  } catch (error) {
    const problem = asProblem(error)
    // Too often and not signed in pass by themselves; what the server will never take is said and waits for the person.
    if (problem.undecided || problem.status === 401 || problem.status === 429) return false
    change(next.clientKey, { refused: problem.fields[0]?.message ?? problem.title })
    return true
  }
}
