// Messages that ask for attention come to the person: P1 as a strip, P2 in the top bar until acknowledged (ux.md §5.5).
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { dismiss, notify } from '../../ui/notices.ts'
import { currentPhone, watchPhone } from '../telephony/phone-state.ts'
import { cardsOf, keyOf } from './message-cards.ts'

export default function MessageCards(): null {
  const client = useQueryClient()
  const inCall = useSyncExternalStore(watchPhone, () => currentPhone().calls.length > 0)
  const unread = useQueryOf('listMessages', { unread: 'true', limit: 20 }, { refetchEvery: 120_000 }).data?.items
  useTopic('messages', ['listMessages'])
  const shown = useRef<{ keys: Set<string>; began: boolean }>({ keys: new Set(), began: false })
  useEffect(() => {
    if (!unread) return
    const held = shown.current
    const { show, passed, gone } = cardsOf(unread, held, inCall)
    for (const key of passed) held.keys.add(key)
    for (const key of gone) {
      held.keys.delete(key)
      dismiss(key)
    }
    for (const message of show) {
      held.keys.add(keyOf(message))
      const seen = () => void call('readMessages', { ids: [message.id] }).then(() => client.invalidateQueries({ queryKey: ['homeCounts'] })).catch(() => undefined) // unread stays unread: the list shows it again
      notify({ key: keyOf(message), level: message.level, title: message.title, text: message.text ?? undefined, path: message.link ?? undefined, tone: message.level === 'P1' || message.type === 'supervision.red' ? 'over' : 'near', seen })
    }
    held.began = true
  }, [unread, inCall, client])
  return null
}
