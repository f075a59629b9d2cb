// Live numbers of the rail and the top bar: one request for all, asked again when the server says so.
import { useQuery } from '@tanstack/react-query'
import { request } from '../api/http.ts'
import { useTopic } from '../api/realtime.ts'

export type Count = { value: number; capped?: boolean; tone?: 'near' | 'over' }

export function useCounts(): Record<string, Count> {
  const counts = useQuery({
    queryKey: ['homeCounts'],
    queryFn: ({ signal }) => request<{ counts: Record<string, Count> }>('GET', '/api/home/counts', {}, { signal }),
    retry: false,
    // the socket tells; this only covers a lost message
    refetchInterval: 120_000,
  })
  useTopic('home.counts', ['homeCounts'])
  return counts.data?.counts ?? {}
}
