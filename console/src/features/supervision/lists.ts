// The server names the list behind a figure by its API path and query; here is the page that shows it.
import type { OutputOf } from '../../api/call.ts'
import { fromEpoch, instant } from '../../ui/time.ts'
import type { Clock } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export type Board = OutputOf<'supervisionBoard'>
export type BoardFigure = Board['figures'][number]
export type CardRow = OutputOf<'listCards'>['items'][number]
export type ClockRow = OutputOf<'listClocks'>['items'][number]
export type UrgeRow = OutputOf<'listUrges'>['items'][number]
export type TaskRow = OutputOf<'listSupervisionTasks'>['items'][number]
export type HitRow = OutputOf<'listSupervisionHits'>['items'][number]
export type Instruction = OutputOf<'listInstructions'>['items'][number]
export type CaseRow = OutputOf<'listInspectionCases'>['items'][number]
export type CaseDetail = OutputOf<'showInspectionCase'>
export type RuleRow = OutputOf<'listSupervisionRules'>['items'][number]
export type Rule = OutputOf<'showSupervisionRule'>
export type Task = OutputOf<'showSupervisionTask'>

/** `/api/supervision/cards` is shown at `/supervision/cards`, `/api/urges` at `/supervision/urges`; several values repeat in an address. */
export function pathOf(list: BoardFigure['list']): string {
  const path = list.path.replace(/^\/api/, '').replace(/^\/urges/, '/supervision/urges').replace(/\/hits$/, list.query['effect'] === 'finding' ? '/findings' : '/alerts')
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(list.query)) if (key !== 'effect') for (const one of key === 'where' ? [value] : value.split(',')) query.append(key, one)
  return `${path}?${query.toString()}`
}

const clockKinds = ['stage', 'sign', 'firstContact', 'response', 'handling', 'resultReview', 'upper', 'ownEarlier'] as const
export const kindOptions = clockKinds.map((value) => ({ value, label: t(`kind.${value}`) }))

export function clockOf(row: Pick<ClockRow, 'state' | 'dueAt' | 'yellowAt' | 'startedAt' | 'metAt' | 'kindName'>): Clock {
  const state = row.state === 'running' || row.state === 'paused' ? row.state : 'met'
  return { name: row.kindName, state, dueAt: row.dueAt, nearAt: row.yellowAt, startedAt: row.startedAt, endedAt: row.metAt }
}

/** The clock behind a card: while it runs the card counts, afterwards the card is history. */
export function cardClock(card: CardRow): Clock {
  const running = card.clockState === 'running' && card.state === 'open'
  if (!running) return { name: card.clockName, state: card.clockState === 'paused' ? 'paused' : 'met', dueAt: card.dueAt }
  return { name: card.clockName, state: 'running', dueAt: card.dueAt, nearAt: fromEpoch(0) }
}

export const byRemaining = (a: CardRow, b: CardRow): number => (a.colour === b.colour ? instant(a.dueAt) - instant(b.dueAt) : a.colour === 'red' ? -1 : 1)
