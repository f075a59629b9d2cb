// 时间轴: stage times, filters by stage and unit, entries with their changes and files.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { duration } from '../../ui/time.ts'
import { useTimeline } from './order-data.ts'
import type { OrderDetail, StageTime, TimelineItem } from './order-types.ts'
import { t } from './texts.zh-CN.ts'
import { timelineEntries } from './timeline-entries.ts'

export function TimelineTab({ order }: { order: OrderDetail }): ReactElement {
  const query = useTimeline(order.id)
  const [stage, setStage] = useState<string>('')
  const [unit, setUnit] = useState<string>('')
  return (
    <QueryView query={query} lines={8}>
      {({ items, stages, total }) => {
        const units = [...new Set(items.flatMap((item) => item.unitName ?? []))]
        const shown = items.filter((item) => (!stage || item.stage === stage) && (!unit || item.unitName === unit))
        return (
          <div className="ms-stack">
            <Stages stages={stages} />
            <div className="ms-row ms-no-print">
              <Select size="small" value={stage} onChange={setStage} aria-label={t('t.stage')} popupMatchSelectWidth={false} options={[{ value: '', label: `${t('t.stage')}：${t('t.any')}` }, ...stagesIn(items)]} />
              <Select size="small" value={unit} onChange={setUnit} aria-label={t('t.unit')} popupMatchSelectWidth={false} options={[{ value: '', label: `${t('t.unit')}：${t('t.any')}` }, ...units.map((value) => ({ value, label: value }))]} />
              <span className="ms-grow" />
              <a href={`/api/orders/${order.id}/timeline/export`} download className="ms-row"><Icon name="download" size={14} />{t('t.export')}</a>
            </div>
            {items.length === 0 ? <Empty kind="done" text={t('t.none')} /> : <Timeline entries={timelineEntries(shown)} />}
            {total > items.length ? <p className="ms-hint">{t('t.older')}</p> : null}
          </div>
        )
      }}
    </QueryView>
  )
}

const stagesIn = (items: readonly TimelineItem[]) => [...new Map(items.map((item) => [item.stage, item.stageName]))].map(([value, label]) => ({ value, label }))

/** Where the time went: one bar per stage, as wide as its share, the longest marked in words. */
function Stages({ stages }: { stages: StageTime[] }): ReactElement | null {
  const all = stages.reduce((sum, one) => sum + one.ms, 0)
  if (stages.length === 0 || all === 0) return null
  return (
    <ol className="ms-stages" aria-label={t('t.stages')}>
      {stages.filter((one) => one.ms > 0 || one.current).map((one) => (
        <li key={one.stage} data-slowest={(one.slowest && one.ms >= 60_000) || undefined} data-current={one.current || undefined} style={{ flexGrow: Math.max(one.ms / all, 0.04) }}>
          <span className="ms-ellipsis">{one.name}</span>
          <span className="ms-hint ms-ellipsis">{one.current && one.ms === 0 ? t('t.current') : duration(one.ms)}{one.slowest && one.ms >= 60_000 ? ' ▲' : ''}</span>
        </li>
      ))}
    </ol>
  )
}
