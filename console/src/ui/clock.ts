// A deadline in words: shape, tone, remaining time. Pure.
import { t } from './texts.zh-CN.ts'
import { duration, instant, remaining, workingRemaining } from './time.ts'

export type Clock = {
  /** 办理, 签收, 首次联系 … */
  name?: string
  state: 'running' | 'paused' | 'met' | 'overdue'
  dueAt?: string | null
  /** From this instant the clock is near its end (yellow). */
  nearAt?: string | null
  startedAt?: string | null
  /** When it was met. */
  endedAt?: string | null
  /** What stopped it: 挂起, 联合审定. */
  pausedBy?: string | null
  /** Working time left as the server counted it, and when it did. */
  working?: { days: number; hours: number } | null
}

export type ClockTone = 'ok' | 'near' | 'over' | 'calm'

/** Shape, tone and words of a clock at an instant (ux.md §4, §5.10). */
export function readClock(clock: Clock, at: number, seconds = false): { shape: string; tone: ClockTone; text: string } {
  if (clock.state === 'met') {
    const took = clock.startedAt && clock.endedAt ? duration(instant(clock.endedAt) - instant(clock.startedAt)) : ''
    return { shape: '✓', tone: 'calm', text: took ? t('clock.metIn', { time: took }) : t('clock.met') }
  }
  if (clock.state === 'paused') return { shape: '‖', tone: 'calm', text: clock.pausedBy ? t('clock.pausedBy', { by: clock.pausedBy }) : t('clock.paused') }
  if (!clock.dueAt) return { shape: '●', tone: 'calm', text: t('clock.none') }
  const left = remaining(clock.dueAt, at, seconds)
  if (left.overdue) return { shape: '◆', tone: 'over', text: left.text }
  const near = clock.nearAt ? at >= instant(clock.nearAt) : false
  const text = clock.working ? workingRemaining(clock.working) : left.text
  return near ? { shape: '▲', tone: 'near', text } : { shape: '●', tone: 'ok', text }
}
