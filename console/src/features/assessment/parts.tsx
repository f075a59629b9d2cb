// Small parts that the pages of assessment share.
import type { ReactElement } from 'react'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { fetchResult } from '../../ui/long-work.ts'
import { notify, say } from '../../ui/notices.ts'
import { Tag, type Tone } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Standing = 'asPublished' | 'provisional' | 'live'
const tones: Record<Standing, Tone> = { asPublished: 'ok', provisional: 'near', live: 'calm' }
/** Which result is shown: never a bare number. */
export const StandingTag = ({ standing }: { standing: Standing }): ReactElement => <Tag tone={tones[standing]}>{t(standing)}</Tag>

/** Decimal text as shown; "–" where there is none. */
export const shown = (value: string | null | undefined, unit = ''): string => (value === null || value === undefined ? '–' : `${value}${unit === '%' ? '%' : ''}`)

/** Better places are smaller numbers. */
export function Moved({ now, before }: { now: number | null; before: number | null }): ReactElement | null {
  if (now === null || before === null) return null
  if (now === before) return <span className="ms-hint">{t('same')}</span>
  return now < before ? <span className="ms-assess-up">↑{before - now}</span> : <span className="ms-assess-down">↓{now - before}</span>
}

export async function exportSheet(page: string, filter: Record<string, string>, columns: string[], format: 'xlsx' | 'pdf'): Promise<void> {
  try {
    const started = await request<{ taskId: string; background: boolean }>('POST', '/api/exports', { page, filter, columns, format })
    if (started.background || !(await fetchResult(started.taskId))) notify({ level: 'P3', title: t('exported'), path: '/home/tasks', tone: 'ok' })
  } catch (error) {
    say(asProblem(error).message, 'over')
  }
}
