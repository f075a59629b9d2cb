// Small parts that the pages of assessment share.
import type { ReactElement } from 'react'
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
