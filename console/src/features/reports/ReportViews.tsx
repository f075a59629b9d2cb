// The period of a report seen four ways: counted now, with the reader's own rights.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Paper } from './Paper.tsx'
import { t } from './texts.zh-CN.ts'

export const views = ['overview', 'events', 'units', 'cases'] as const
export type View = (typeof views)[number]
export const viewOf = (name: string | null): View | null => views.find((one) => one === name) ?? null

export function ViewTabs({ view, onChange }: { view: View | null; onChange: (view: View | null) => void }): ReactElement {
  return <div className="ms-row ms-no-print" role="tablist" aria-label={t('views')}>{[null, ...views].map((one) => <Button key={one ?? 'report'} role="tab" aria-selected={one === view} type={one === view ? 'primary' : 'default'} onClick={() => onChange(one)}>{t(`view.${one ?? 'report'}`)}</Button>)}</div>
}

export function ReportView({ id, view }: { id: string; view: View }): ReactElement {
  const query = useQueryOf('showReportView', { id, view }, { staleTime: 60_000 })
  return <QueryView query={query} lines={10}>{({ content, pictures }) => <div><p className="ms-hint">{t('viewHint')}</p><Paper content={content} picture={(block) => <img alt={block.title} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictures[block.id] ?? '')}`} />} /></div>}</QueryView>
}
