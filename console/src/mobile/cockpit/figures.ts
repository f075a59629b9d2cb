// The cockpit's board on the phone: the same definition, questions and numbers as on the desktop (ANA-44).
import { useQueries } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { asked, numberOf, questionOf, type Answer, type Board, type Column, type Panel, type Question, type Row } from '../../features/analytics/question.ts'
import { namedPeriod } from '../../features/analytics/periods.ts'

export const periods = ['today', 'week', 'month', 'year'] as const
export type PeriodName = (typeof periods)[number]
const EVERY = 60_000

export function usePanel(board: Board, id: string, name: PeriodName): { panel: Panel | undefined; answer: Answer | undefined } {
  const panel = board.panels.find((one) => one.id === id)
  const question: Question = panel ? questionOf(board, panel, namedPeriod(name), []) : { ...namedPeriod(name), indicators: ['received'] }
  const query = useQueryOf('queryFigures', question, { enabled: panel !== undefined, refetchEvery: EVERY, keepPrevious: true })
  return { panel, answer: query.data }
}

/** Address of the rows behind a counted number; what is computed opens nothing. */
export function rowsOf(column: Column, period: { from: string; to: string }, keys: Row['keys'], words: readonly string[] = []): string | null {
  if (column.formula !== null) return null
  const search = new URLSearchParams({ indicator: column.code, from: period.from, to: period.to, name: [...keys.map((k) => k.name), column.name].join(' ') })
  for (const k of keys) search.append('key', `${k.dimension}:${k.key ?? ''}`)
  for (const word of words) search.append('word', word)
  return `/m/cockpit/rows?${search.toString()}`
}

export type Hot = { name: string; words: string[]; now: number; before: number | null; column: Column | undefined }

/** The named problems of the period, the largest first; those that did not occur are left out. */
export function useHot(board: Board, name: PeriodName): Hot[] | undefined {
  const panel = board.panels.find((one) => one.kind === 'groups')
  const period = namedPeriod(name)
  const answers = useQueries({ queries: (panel ? board.groups : []).map((group) => {
    const question = questionOf({ where: [...board.where, { dimension: 'words', values: group.words }] }, panel ?? { id: '', kind: 'groups', title: '', indicators: ['received'], dimensions: [], where: [], width: 6 }, period, [])
    return { queryKey: ['queryFigures', question], queryFn: ({ signal }: { signal: AbortSignal }) => call('queryFigures', question, { signal }), refetchInterval: EVERY }
  }) })
  if (answers.some((one) => !one.data)) return undefined
  return board.groups.map((group, i): Hot => {
    const data = answers[i]?.data
    const column = data ? asked(data)[0] : undefined
    return { name: group.name, words: group.words, column, now: data && column ? (numberOf(data.total, column.code) ?? 0) : 0, before: data?.before && column ? numberOf(data.before.total, column.code) : null }
  }).filter((one) => one.now > 0).toSorted((a, b) => b.now - a.now)
}
