// 多维分析: rows × columns × a measure, put together by drag or by choice; a member goes down a level, a cell opens its orders (ANA-17).
import { Button, Drawer, Segmented, Select } from 'antd'
import type { DragEvent, ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { usePeriod, usePicks } from './board-state.ts'
import { Drawn, type Opened } from './PanelView.tsx'
import { PeriodChoice } from './PeriodBar.tsx'
import { levelBelow } from './pivot.ts'
import { PivotTable } from './PivotTable.tsx'
import type { Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

const looks = ['pivot', 'heat', 'stacked', 'line'] as const
type Look = (typeof looks)[number]
const zones = ['rows', 'columns'] as const
type Zone = (typeof zones)[number]
const offered = ['week', 'month', 'lastMonth', 'quarter', 'halfYear', 'year', 'lastQuarter', 'lastYear', 'all', 'assessmentMonth', 'holiday'] as const
const MIME = 'text/plain'
const NONE = ''

export default function ExplorePage(): ReactElement {
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const [search, setSearch] = useSearchParams()
  const chosen = usePeriod('month')
  const { picks, pick, drop } = usePicks()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const state = { rows: search.get('rows') ?? 'county', columns: search.get('columns') ?? 'appealType', indicator: search.get('indicator') ?? 'received', look: looks.find((one) => one === search.get('look')) ?? 'pivot' }
  const set = (change: Partial<Record<keyof typeof state, string>>): void => { setRefused(null); setSearch((held) => { const all = new URLSearchParams(held); for (const [key, value] of Object.entries(change)) all.set(key, value); return all }, { replace: true }) }
  const dimensions = catalogue.data?.dimensions ?? []
  const timed = (key: string): boolean => dimensions.some((d) => d.key === key && d.group === 'time')
  const entry = catalogue.data?.items.find((i) => i.code === state.indicator)
  const stock = entry?.definition.kind === 'basic' && entry.definition.date === 'asOf'
  /** Figures of the end of a period cannot be laid out over time: the zone refuses them. */
  const put = (zone: Zone, key: string): void => {
    if (stock && timed(key)) return setRefused(t('exploreStock', { name: entry?.name ?? '' }))
    const other = zone === 'rows' ? 'columns' : 'rows'
    set({ [zone]: key, ...(state[other] === key ? { [other]: state[zone] } : {}) })
  }
  const by = [state.rows, state.columns].filter((key) => key !== NONE)
  const where = useMemo(() => picks.map((p) => ({ dimension: p.dimension, values: [p.key] })), [picks])
  const question = { ...chosen.period, indicators: [state.indicator], dimensions: by, where, below: false, limit: 2000 }
  const answer = useQueryOf('queryFigures', question, { keepPrevious: true, enabled: by.length > 0 })
  const panel: Panel = { id: 'explore', kind: state.look === 'pivot' ? 'table' : state.look, title: '', indicators: [state.indicator], dimensions: by, where: [], width: 12 }
  const down = (key: { dimension: string; key: string | null; name: string }): void => {
    if (timed(key.dimension)) return
    pick(key)
    const next = levelBelow(key.dimension)
    if (next) set({ [state.rows === key.dimension ? 'rows' : 'columns']: next })
  }
  const accept = (zone: Zone) => ({ onDragOver: (e: DragEvent) => e.preventDefault(), onDrop: (e: DragEvent) => { e.preventDefault(); const key = e.dataTransfer.getData(MIME); if (dimensions.some((d) => d.key === key)) put(zone, key) } })
  const options = dimensions.map((d) => ({ value: d.key, label: d.label }))
  return (
    <Page title={t('explore')} help="boards" sub={t('exploreHint')} bar={
      <div className="ms-data-bar">
        <PeriodChoice offers={offered} period={chosen} />
        {picks.map((p) => <Button key={p.dimension} size="small" aria-label={t('removeFilter', { name: p.name })} onClick={() => drop(p.dimension)}>{p.name} ×</Button>)}
        {picks.length > 0 ? <Button type="link" onClick={() => drop()}>{t('reset')}</Button> : null}
      </div>
    }>
      <div className="ms-analytics-explore">
        <Section title={t('dimensions')}>
          <ul className="ms-analytics-dims">{dimensions.map((d) => <li key={d.key} draggable data-used={by.includes(d.key) || undefined} onDragStart={(e) => e.dataTransfer.setData(MIME, d.key)}><span className="ms-ellipsis">{d.label}</span><span className="ms-hint">{d.group}</span></li>)}</ul>
        </Section>
        <div className="ms-analytics-stack">
          <Section>
            <div className="ms-analytics-zones">
              <label className="ms-analytics-zone" {...accept('rows')}><span>{t('exploreRows')}</span><Select value={state.rows} options={options} showSearch={{ optionFilterProp: 'label' }} onChange={(key: string) => put('rows', key)} /></label>
              <Button aria-label={t('exploreSwap')} title={t('exploreSwap')} disabled={state.columns === NONE} onClick={() => set({ rows: state.columns, columns: state.rows })}>⇄</Button>
              <label className="ms-analytics-zone" {...accept('columns')}><span>{t('exploreColumns')}</span><Select value={state.columns} options={[{ value: NONE, label: t('none') }, ...options]} showSearch={{ optionFilterProp: 'label' }} onChange={(key: string) => put('columns', key)} /></label>
              <label className="ms-analytics-zone"><span>{t('indicators')}</span><Select value={state.indicator} loading={catalogue.isPending} showSearch={{ optionFilterProp: 'label' }} options={(catalogue.data?.items ?? []).filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))} onChange={(indicator: string) => set({ indicator })} /></label>
              <Segmented value={state.look} options={looks.map((value) => ({ value, label: t(`look.${value}`), disabled: value !== 'pivot' && state.columns === NONE }))} onChange={(look: Look) => set({ look })} />
              {answer.data ? <Button onClick={() => void exportSheet('figures', question, [])}>{t('export')}</Button> : null}
            </div>
            {refused ? <p className="ms-data-fault" role="alert">{refused}</p> : null}
          </Section>
          <Section title={entry?.name ?? ''} extra={<span className="ms-hint">{entry?.definition.statement}</span>} flush={state.look === 'pivot' || state.look === 'heat'}>
            {answer.isError ? <ProblemLine problem={answer.error} onRetry={() => void answer.refetch()} /> : !answer.data ? <Loading lines={8} /> : answer.data.rows.length === 0 ? <Empty kind="filter" text={t('nothing')} hint={t('nothingHint')} />
              : state.look === 'pivot' && by.length === 2 ? <PivotTable answer={answer.data} period={chosen.period} where={where} by={by} timed={timed} onDown={down} onOpen={setOpened} />
              : <Drawn panel={panel} dimensions={by} answer={answer.data} onPick={down} onOpen={(column, keys) => setOpened({ column, keys, period: chosen.period, where })} />}
          </Section>
        </div>
      </div>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </Page>
  )
}
