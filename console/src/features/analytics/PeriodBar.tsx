// Named periods and two dates, as every page of figures offers them.
import { Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { DateInput } from '../../ui/DateInput.tsx'
import type { ChosenPeriod } from './board-state.ts'
import { isPeriodName, usualPeriods, type PeriodName } from './periods.ts'
import { t } from './texts.zh-CN.ts'

export function PeriodChoice({ offers, period: { period, name, choose } }: { offers: readonly PeriodName[]; period: ChosenPeriod }): ReactElement {
  const isUsual = (one: PeriodName): boolean => usualPeriods.some((usual) => usual === one)
  const [usual, more] = [offers.filter(isUsual), offers.filter((one) => !isUsual(one))]
  return (
    <>
      <Segmented value={name} options={usual.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => { if (isPeriodName(value)) choose(value) }} />
      {more.length > 0 ? <Select aria-label={t('morePeriods')} placeholder={t('morePeriods')} popupMatchSelectWidth={false} value={more.find((one) => one === name)} options={more.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={choose} /> : null}
      <span className="ms-data-date"><DateInput value={period.from} placeholder={t('from')} onChange={(from) => { if (from) choose({ ...period, from }) }} /></span>–<span className="ms-data-date"><DateInput value={period.to} placeholder={t('to')} onChange={(to) => { if (to) choose({ ...period, to }) }} /></span>
    </>
  )
}

export const PeriodBar = (props: Parameters<typeof PeriodChoice>[0]): ReactElement => <div className="ms-data-bar"><PeriodChoice {...props} /></div>
