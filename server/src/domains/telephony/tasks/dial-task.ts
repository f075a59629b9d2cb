// The rules of dial tasks: what an ended call means, when one may be dialled, who is next. Pure.
import { localParts, type Instant } from '../../../kernel/time/index.ts'

export const businesses = ['callback', 'notice', 'survey', 'contact'] as const
export type Business = (typeof businesses)[number]
export const businessNames: Record<Business, string> = { callback: '回访', notice: '通知', survey: '调查', contact: '联系' }
export const taskStates = ['waiting', 'claimed', 'dialling', 'reached', 'notReached', 'skipped', 'cancelled'] as const
export type DialTaskState = (typeof taskStates)[number]
export const dialTaskStateNames: Record<DialTaskState, string> = { waiting: '待拨打', claimed: '已领取', dialling: '拨打中', reached: '已接通', notReached: '未联系上', skipped: '已跳过', cancelled: '已取消' }
export const openTask = (state: string): boolean => state === 'waiting' || state === 'claimed' || state === 'dialling'

export type AttemptResult = { result: 'connected' | 'notConnected' | 'busy'; reason: 'noAnswer' | 'refused' | 'wrongNumber' | 'line' | null }
export const resultNames: Record<string, string> = { connected: '接通', notConnected: '未接通', busy: '占线' }
export const attemptReasonNames: Record<string, string> = { noAnswer: '无人接听', refused: '拒接', wrongNumber: '空号或错号', line: '线路故障，不计次' }

/** What the end of a call says about reaching the person. A failure of our own lines says nothing and is no attempt. */
export function resultOf(cause: string, answered: boolean): AttemptResult {
  if (answered) return { result: 'connected', reason: null }
  if (cause === 'busy') return { result: 'busy', reason: null }
  if (cause === 'refused') return { result: 'notConnected', reason: 'refused' }
  if (cause === 'invalidNumber') return { result: 'notConnected', reason: 'wrongNumber' }
  if (cause === 'trunkFailure' || cause === 'engineFailure' || cause === 'lostSound') return { result: 'notConnected', reason: 'line' }
  return { result: 'notConnected', reason: 'noAnswer' }
}

/** The task after an attempt: `waiting` again while attempts are left. A number that is none is not tried again. */
export function afterAttempt({ result, reason }: AttemptResult, attemptsSoFar: number, most: number): { state: 'reached' | 'waiting' | 'notReached'; attempts: number } {
  if (result === 'connected') return { state: 'reached', attempts: attemptsSoFar + 1 }
  if (reason === 'line') return { state: 'waiting', attempts: attemptsSoFar }
  const attempts = attemptsSoFar + 1
  return { state: reason === 'wrongNumber' || attempts >= most ? 'notReached' : 'waiting', attempts }
}

export type Windows = { from: string; to: string }[]
/** Whether people may be called now; the clock of the hotline. */
export function mayCallNow(windows: Windows, at: Instant, timeZone: string): boolean {
  const parts = localParts(at, timeZone)
  const time = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`
  return windows.some(({ from, to }) => time >= from && time < to)
}
