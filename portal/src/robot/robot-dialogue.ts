// The dialogue of this device with the robot: kept while the window is open, so that it goes on from page to page and into the chat.
import { useSyncExternalStore } from 'react'
import { call, type OutputOf } from '../api/call.ts'
import { device } from '../kit/device-store.ts'

export type Reply = OutputOf<'askRobot'>
export type Turn = { by: 'citizen'; text: string } | { by: 'robot'; reply: Reply }

let turns: readonly Turn[] = []
let id: string | undefined
const listeners = new Set<() => void>()
function put(next: readonly Turn[]): void {
  turns = next
  for (const listener of listeners) listener()
}

export const useTurns = (): readonly Turn[] => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => turns)
export const dialogueId = (): string | undefined => id
/** What was asked last, to be carried into a chat or a message. */
export const lastAsked = (): string => turns.findLast((turn) => turn.by === 'citizen')?.text ?? ''

/** @throws Problem; what was asked is taken back, so that it can be sent again */
export async function ask(text: string): Promise<Reply> {
  const before = turns
  put([...turns, { by: 'citizen', text }])
  try {
    const reply = await call('askRobot', { text, device: device(), ...(id ? { dialogueId: id } : {}) })
    id = reply.dialogueId
    put([...turns, { by: 'robot', reply }])
    return reply
  } catch (error) {
    put(before)
    throw error
  }
}

export function ended(outcome: 'solved' | 'form' | 'left'): void {
  if (id) void call('robotFeedback', { id, device: device(), outcome }).catch(() => undefined)
}

export function forget(): void {
  id = undefined
  put([])
}
