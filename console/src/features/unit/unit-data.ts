// Readings of the unit's work and the addresses of its lists.
import type { InputOf, OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import type { ListQuery, ListResult } from '../../ui/ListPage.tsx'
import type { Clock } from '../../ui/Tags.tsx'
import { fromEpoch } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

export type UnitBoard = OutputOf<'unitBoard'>
export type UnitRow = OutputOf<'unitAssignments'>['items'][number]
export type UnitBox = UnitBoard['boxes'][number]['box']
export type Timing = UnitRow['timing']
export type UnitRequest = OutputOf<'listOrderRequests'>['items'][number]
export type RequestKind = NonNullable<InputOf<'listOrderRequests'>['kind']>
export type RequestState = NonNullable<InputOf<'listOrderRequests'>['state']>

export const boxes: UnitBox[] = ['toSign', 'handling', 'toApprove', 'toAccept', 'reported', 'redo', 'rejected', 'owed', 'children', 'open', 'done']
export const timings: Timing[] = ['inTime', 'near', 'overdue']
export const isBox = (value: string | null): value is UnitBox => boxes.some((box) => box === value)

const pages: Record<UnitBox, string> = {
  toSign: '/unit/sign', handling: '/unit/handling', reported: '/unit/handling', owed: '/unit/handling', open: '/unit/handling', done: '/unit/handling', children: '/unit/children', toAccept: '/unit/children', redo: '/unit/redo', rejected: '/unit/redo', toApprove: '/unit/approve',
}

/** Address of exactly the rows that a figure counted. */
export function boxPath(box: UnitBox, query: Record<string, string>): string {
  // the review desk shows whole queues; a part of it is a list like the others
  const path = box === 'toApprove' && Object.keys(query).length > 1 ? '/unit/handling' : pages[box]
  return `${path}?${new URLSearchParams(query).toString()}`
}

/** The list engine searches under `q`, this list under `text`. */
export function loadUnitWork(box: UnitBox, { q, ...query }: ListQuery & { box?: string }, signal?: AbortSignal): Promise<ListResult<UnitRow>> {
  return request('GET', '/api/unit/assignments', { ...query, box: query.box ?? box, text: q }, { signal })
}

/** The server tells how the row stands; its near limit is known only as "reached". */
export function clockOf(row: Pick<UnitRow, 'clock' | 'timing'>): Clock | null {
  if (!row.clock) return null
  return { name: row.clock.name, state: row.clock.paused ? 'paused' : 'running', dueAt: row.clock.dueAt, nearAt: row.timing === 'near' ? fromEpoch(0) : null }
}

const statements: Record<string, string> = { yes: t('stated.yes'), no: t('stated.no'), partly: t('stated.partly'), notStated: t('stated.notStated') }
export const statedWords = (value: string | null): string => statements[value ?? 'notStated'] ?? t('stated.notStated')
