// The period of a page of figures: three at a click, or from one day to another; more conditions stand beside it.
import { Segmented } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { DateInput } from '../../ui/DateInput.tsx'
import { lastDays, lastMonth, month } from '../../ui/period.ts'
import type { Period } from '../../ui/period.ts'
import { t } from './texts.zh-CN.ts'
import './callback.css'

const shortcuts = { month, lastMonth, week: () => lastDays(7) } as const
type Shortcut = keyof typeof shortcuts
const isShortcut = (value: string): value is Shortcut => Object.hasOwn(shortcuts, value)

export function PeriodBar({ period, onChange, children }: { period: Period; onChange: (next: Partial<Period>) => void; children?: ReactNode }): ReactElement {
  const named = Object.keys(shortcuts).filter(isShortcut).find((name) => {
    const one = shortcuts[name]()
    return one.from === period.from && one.to === period.to
  })
  return (
    <div className="ms-callback-range">
      <Segmented value={named ?? ''} options={Object.keys(shortcuts).filter(isShortcut).map((value) => ({ value, label: t(`stats.${value}`) }))} onChange={(value) => { if (isShortcut(value)) onChange(shortcuts[value]()) }} />
      <DateInput value={period.from} placeholder={t('stats.from')} onChange={(from) => { if (from) onChange({ from }) }} />–<DateInput value={period.to} placeholder={t('stats.to')} onChange={(to) => { if (to) onChange({ to }) }} />
      {children}
    </div>
  )
}
