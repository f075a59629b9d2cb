// Unread marks: a message that has not been read marks its object until the leader opens it.
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'

export type Unread = { has: (objectId: string) => boolean; size: number; read: (objectId: string) => void }

export function useUnread(type: string): Unread {
  const client = useQueryClient()
  const unread = useQueryOf('listMessages', { unread: 'true', type, limit: 100 }, { refetchEvery: 120_000 })
  useTopic('home.messages', ['listMessages'])
  const items = unread.data?.items ?? []
  return {
    size: items.length,
    has: (objectId) => items.some((m) => m.objectId === objectId),
    read: (objectId) => {
      const ids = items.filter((m) => m.objectId === objectId).map((m) => m.id)
      // The page that is being opened does not wait for it; a mark that stays is no harm.
      if (ids.length > 0) void call('readMessages', { ids }).then(() => client.invalidateQueries({ queryKey: ['listMessages'] }), () => undefined)
    },
  }
}
