// The one draft of this device: small, synchronous, in the first chunk, so that every page knows whether something waits to be sent.
import { readValue } from '../kit/device-store.ts'

export const DRAFT_KEY = 'ms.draft'

type Seen = { state: string; content: string; savedAt: number }
const isSeen = (value: unknown): value is Seen => typeof value === 'object' && value !== null && 'state' in value && 'content' in value && 'savedAt' in value

/** Something was submitted without a network, or before signing in. */
export const draftWaits = (): boolean => readValue(DRAFT_KEY, isSeen)?.state === 'waiting'

/** The words of a draft that may be gone on with, or null. */
export function draftWords(): string | null {
  const draft = readValue(DRAFT_KEY, isSeen)
  return draft && draft.content.trim() !== '' ? draft.content : null
}
