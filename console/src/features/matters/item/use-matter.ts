// A matter by its code, which people know and addresses carry; the API speaks of ids.
import type { UseQueryResult } from '@tanstack/react-query'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import type { Matter } from '../parts/standard.tsx'

export function useMatter(code: string): { query: UseQueryResult<Matter, Problem>; missing: boolean; problem: Problem | null } {
  const found = useQueryOf('listMatters', { code, limit: 50 })
  const id = found.data?.items.find((one) => one.code === code)?.id
  const query = useQueryOf('getMatter', { id: id ?? '' }, { enabled: id !== undefined })
  return { query, missing: found.data !== undefined && id === undefined, problem: found.error }
}
