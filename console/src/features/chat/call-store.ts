// The one call this page can carry: it goes on while the agent looks at another conversation, and ends with the page.
import { useSyncExternalStore } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { ownMedia, Peer, type CallKind } from '../../../../portal/src/kit/peer.ts'
import { say } from '../../ui/notices.ts'
import { t } from './texts.zh-CN.ts'

export type Current = { sessionId: string; id: string; kind: CallKind; open: boolean; muted: boolean; peer: Peer }

const EVERY = 1500
let current: Current | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const sound = typeof Audio === 'undefined' ? null : new Audio()
const listeners = new Set<() => void>()
const put = (next: Current | null): void => {
  current = next
  for (const listener of listeners) listener()
}
export const useCall = (): Current | null => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => current)

/** Asks the citizen; the microphone is opened first, so that a call which cannot be held is not asked for. */
export async function startCall(sessionId: string, kind: CallKind): Promise<void> {
  if (current) return say(t('callBusy'), 'over')
  let peer: Peer | null = null
  try {
    const { iceServers } = await call('getChatCallServers', {})
    const media = await ownMedia(kind).catch(() => null)
    if (!media) return say(t('callNoMedia'), 'over')
    peer = new Peer(media, iceServers, (state) => { if (state === 'failed') say(t('callFailed'), 'over') })
    const made = await call('askChatCall', { id: sessionId, kind, offer: await peer.offer() })
    put({ sessionId, id: made.id, kind, open: false, muted: false, peer })
    timer = setTimeout(() => void look(), EVERY)
  } catch (error) {
    peer?.close()
    say(asProblem(error).message, 'over')
  }
}

async function look(): Promise<void> {
  const held = current
  if (!held) return
  const now = await call('getChatCall', { id: held.id }).catch(() => null)
  if (current !== held) return
  if (now && (now.state === 'refused' || now.state === 'ended')) return drop(now.state === 'refused' ? t('callRefused') : t('callOver'))
  if (now?.answer && !held.open) {
    await held.peer.take(now.answer).catch(() => say(t('callFailed'), 'over'))
    if (sound) {
      sound.srcObject = held.peer.remote
      void sound.play().catch(() => undefined)
    }
    put({ ...held, open: true })
  }
  timer = setTimeout(() => void look(), EVERY)
}

function drop(text: string): void {
  clearTimeout(timer)
  current?.peer.close()
  if (sound) sound.srcObject = null
  put(null)
  say(text)
}

export async function endCall(): Promise<void> {
  const held = current
  if (!held) return
  drop(t('callOver'))
  await call('endChatCall', { id: held.id }).catch(() => undefined)
}

export function muteCall(): void {
  if (!current) return
  current.peer.mute(!current.muted)
  put({ ...current, muted: !current.muted })
}
