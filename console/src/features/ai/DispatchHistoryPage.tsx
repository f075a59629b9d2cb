// 分拨历史: where orders were sent and what came of it; causes of wrong dispatches, proposed and confirmed.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'

type Row = OutputOf<'listDispatches'>['items'][number]
type Figures = OutputOf<'dispatchFigures'>
const causes = ['ruleGap', 'ambiguous', 'changedDuties', 'model', 'person', 'none'] as const
const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${(part * 100 / whole).toFixed(1)}%`)
const hours = (minutes: number): string => (minutes < 90 ? `${minutes} 分钟` : `${(minutes / 60).toFixed(1)} 小时`)

const columns: Column<Row>[] = [
  { key: 'number', title: '工单', width: 180, render: (row) => row.number }, { key: 'title', title: '标题', width: 260, wide: true, render: (row) => row.title, text: (row) => row.title },
  { key: 'unit', title: '派往', width: 140, render: (row) => row.unitName }, { key: 'mode', title: '方式', width: 100, render: (row) => <>{t(`mode2.${row.mode}`)}{row.recommended === null ? null : <Tag tone={row.recommended ? 'ok' : 'calm'}>{row.recommended ? t('asProposed') : t('notProposed')}</Tag>}</> },
  { key: 'by', title: '派发', width: 170, render: (row) => <>{row.byName} <Time iso={row.at} /></> },
  { key: 'wrong', title: '结果', width: 200, render: (row) => (row.wrong ? <><Tag tone="over">{t('returned')}</Tag>{row.lostMinutes === null ? '' : ` ${hours(row.lostMinutes)}`}{row.nextUnitName ? ` → ${row.nextUnitName}` : ''}</> : <Tag tone="calm">{t('kept')}</Tag>) },
  { key: 'cause', title: '误派原因', width: 170, render: (row) => (row.cause ? <Tag tone="near">{t(`cause.${row.cause}`)}</Tag> : row.proposed ? <span className="ms-hint" title={row.why ?? ''}>{t('proposedCause', { name: t(`cause.${row.proposed}`) })}</span> : null) },
]
const filters: Filter[] = [
  { key: 'day', label: '派发日期', kind: 'dates', keys: ['from', 'to'] }, { key: 'unitId', label: '单位', kind: 'pick', loader: unitLoader() },
  { key: 'mode', label: '方式', kind: 'select', options: (['person', 'rule', 'model'] as const).map((value) => ({ value, label: t(`mode2.${value}`) })) }, { key: 'wrong', label: t('returned'), kind: 'boolean' }, { key: 'unconfirmed', label: t('unconfirmed'), kind: 'boolean' },
]

export default function DispatchHistoryPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const figures = search.get('show') === 'figures'
  const turn = <Segmented size="small" value={figures ? 'figures' : 'list'} options={[{ value: 'list', label: t('dispatches') }, { value: 'figures', label: t('dispatchFigures') }]} onChange={(next) => setSearch(next === 'figures' ? { show: 'figures' } : {})} />
  return figures ? <FiguresView turn={turn} /> : <List turn={turn} />
}

function List({ turn }: { turn: ReactElement }): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const send = useAct('dispatchFigures')
  const [open, setOpen] = useState<Row | null>(null)
  return (
    <>
      <ListPage<Row> noSearch page="dispatches" title={t('dispatches')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} load={(query, signal) => request<ListResult<Row>>('GET', '/api/orders/dispatches', query, { signal })} acts={turn}
        views={[{ id: 'all', name: '全部', filter: {} }, { id: 'wrong', name: t('returned'), filter: { wrong: ['true'] } }, { id: 'open', name: t('unconfirmed'), filter: { unconfirmed: ['true'] } }]}
        rowActs={(row) => (row.wrong && can('ai.manage') ? [{ id: 'cause', label: t('confirmCause'), run: () => setOpen(row) }] : [])} empty={{ text: t('noDispatches') }} />
      {open ? <ActDrawer open onClose={() => setOpen(null)} title={t('confirmCause')} sub={`${open.number} ${open.title}`} notice={[open.returnReason ? `${t('returned')}：${open.returnReason}` : '', open.why ?? ''].filter(Boolean).join('。')} submitLabel={t('confirmCause')} initial={{ cause: open.cause ?? open.proposed ?? undefined, note: open.note }}
        schema={{ type: 'object', required: ['cause'], properties: { cause: { type: 'string', title: '误派原因', oneOf: causes.map((cause) => ({ const: cause, title: t(`cause.${cause}`) })) }, note: { type: 'string', format: 'textarea', title: '说明', maxLength: 500 } } }}
        submit={async (values) => { await send('confirmMisdispatch', { id: open.id, cause: causes.find((one) => one === values.cause) ?? 'none', note: String(values.note ?? '') }); say(t('savedIt')); await client.invalidateQueries({ queryKey: ['list'] }) }} /> : null}
    </>
  )
}

function FiguresView({ turn }: { turn: ReactElement }): ReactElement {
  const read = useQueryOf('dispatchFigures', {})
  return (
    <Page title={t('dispatchFigures')} help="ai" acts={turn}>
      <QueryView query={read}>{(data) => (
        <div className="ms-stack">
          <p className="ms-hint" style={{ margin: 0 }}>{t('firstRightHelp')}</p>
          <div className="ms-row">
            <Figure label={t('firstRight')} value={share(data.dispatched - data.wrong, data.dispatched)} to="/ai/dispatches" /><Figure label={t('dispatched')} value={data.dispatched} to="/ai/dispatches" /><Figure label={t('returned')} value={data.wrong} to="/ai/dispatches?wrong=true" {...(data.wrong > 0 ? { tone: 'over' as const } : {})} />
            <Figure label={t('dispatchedAgain')} value={data.again} to="/ai/dispatches" /><Figure label={t('followed')} value={share(data.followed, data.recommended)} to="/ai/dispatches" /><Figure label={t('lost')} value={hours(data.lostMinutes)} to="/ai/dispatches?wrong=true" />
          </div>
          {data.causes.length > 0 ? <Section title="误派原因"><div className="ms-row">{data.causes.map((one) => <Tag key={one.cause} tone="near">{t(`cause.${one.cause}`)} {one.confirmed}</Tag>)}</div></Section> : null}
          <div style={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 12 }}>
            <Rows title="按方式" rows={data.byMode} /><Rows title="按月份" rows={data.byMonth} /><Rows title="按单位" rows={data.byUnit} /><Rows title="按事项" rows={data.byCategory} />
          </div>
        </div>
      )}</QueryView>
    </Page>
  )
}

function Rows({ title, rows }: { title: string; rows: Figures['byUnit'] }): ReactElement {
  return (
    <Section title={title} flush>
      <table className="ms-plain-table"><thead><tr><th scope="col">{title.slice(1)}</th><th scope="col" className="ms-num">{t('dispatched')}</th><th scope="col" className="ms-num">{t('returned')}</th><th scope="col" className="ms-num">{t('firstRight')}</th></tr></thead>
        <tbody>{rows.length === 0 ? <tr><td colSpan={4} className="ms-hint">{t('noDispatches')}</td></tr> : rows.map((row) => <tr key={row.name}><td>{row.name}</td><td className="ms-num">{row.dispatched}</td><td className="ms-num">{row.wrong}</td><td className="ms-num">{share(row.dispatched - row.wrong, row.dispatched)}</td></tr>)}</tbody></table>
    </Section>
  )
}
