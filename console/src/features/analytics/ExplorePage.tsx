// 多维分析: dimensions to rows, columns and filters, measures to height, colour and thickness, by drag or by choice; a member goes down a level, a cell opens its orders (ANA-17).
import { Button, Checkbox, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { MemberFilter } from './BoardBar.tsx'
import { usePeriod, usePicks } from './board-state.ts'
import { tableOf } from './chart.ts'
import { dimensionsUsed, looks, marks, measuresOf, NONE, panelOf, refusalOf, stateOf, type Axis, type Look, type Mark, type State } from './explore.ts'
import { ExploreSave } from './ExploreSave.tsx'
import { ExploreZones, FieldList } from './ExploreZones.tsx'
import { markOption } from './marks.ts'
import { Drawn, type Opened } from './PanelView.tsx'
import { PeriodChoice } from './PeriodBar.tsx'
import { isTime, levelAbove, levelBelow, subtotalBy } from './pivot.ts'
import { PivotTable } from './PivotTable.tsx'
import { asked } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

const offered = ['week', 'month', 'lastMonth', 'quarter', 'halfYear', 'year', 'lastQuarter', 'lastYear', 'all', 'assessmentMonth', 'holiday'] as const
const drawn = { bar: 'bar', line: 'line', scatter: 'scatter' } as const

export default function ExplorePage(): ReactElement {
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const chosen = usePeriod('month')
  const { picks, pick, drop } = usePicks()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [subtotals, setSubtotals] = useState(true)
  const state = useMemo(() => stateOf(search), [search])
  const { slices, ...held } = state
  const write = (change: Partial<State>): void => {
    setRefused(null)
    setSearch((before) => {
      const all = new URLSearchParams(before)
      const next = { ...held, slices, ...change }
      all.delete('indicator')
      for (const key of ['rows', 'columns', 'height', 'colour', 'size', 'look'] as const) all.set(key, next[key])
      all.delete('slice')
      for (const key of next.slices) all.append('slice', key)
      return all
    }, { replace: true })
  }
  const dimensions = catalogue.data?.dimensions ?? []
  const indicators = (catalogue.data?.items ?? []).filter((one) => one.state === 'active')
  const by = dimensionsUsed(state)
  const measures = measuresOf(state)
  const of = (code: string) => indicators.find((one) => one.code === code)
  const labelOf = (key: string): string => dimensions.find((one) => one.key === key)?.label ?? key
  /** The first reason why these measures do not go with these dimensions. */
  const refusal = (codes: readonly string[], keys: readonly string[]): string | undefined => codes.flatMap((code) => keys.map((key) => refusalOf(of(code), dimensions.find((one) => one.key === key)))).find((words) => words !== undefined)
  const putDimension = (axis: Axis, key: string): void => {
    const words = refusal(measures, [key])
    if (words) return setRefused(words)
    const other = axis === 'rows' ? 'columns' : 'rows'
    write({ [axis]: key, ...(state[other] === key ? { [other]: axis === 'columns' && state.rows === key ? dimensions.find((one) => one.key !== key)?.key ?? NONE : state[axis] } : {}) })
  }
  const putMeasure = (mark: Mark, code: string): void => {
    const words = refusal([code], by)
    return words ? setRefused(words) : write({ [mark]: code })
  }
  const slice = (key: string): void => { const words = refusal(measures, [key]); if (words) setRefused(words); else if (!slices.includes(key)) write({ slices: [...slices, key].slice(-5) }) }
  const where = useMemo(() => picks.map((p) => ({ dimension: p.dimension, values: [p.key] })), [picks])
  const look: Look = by.length < 2 && ['pivot', 'heat', 'stacked'].includes(state.look) ? (state.look === 'pivot' ? 'pivot' : 'bar') : state.look
  const question = { ...chosen.period, indicators: look === 'heat' || look === 'stacked' ? [state.height] : measures, dimensions: by, where, below: false, limit: 2000 }
  const answer = useQueryOf('queryFigures', question, { keepPrevious: true, enabled: by.length > 0 && chosen.ready })
  const panel = panelOf({ ...state, look }, of(state.height)?.name ?? '', picks)
  const go = (dimension: string, next: string): void => write({ [state.rows === dimension ? 'rows' : 'columns']: next })
  const down = (key: { dimension: string; key: string | null; name: string }): void => {
    if (isTime(key.dimension)) return
    const next = levelBelow(key.dimension)
    setSearch((before) => {
      const all = new URLSearchParams(before)
      const kept = all.getAll('pick').filter((one) => !one.startsWith(`${key.dimension}:`))
      all.delete('pick')
      for (const one of [...kept, `${key.dimension}:${key.key ?? ''}:${key.name}`]) all.append('pick', one)
      if (next) all.set(state.rows === key.dimension ? 'rows' : 'columns', next)
      return all
    })
  }
  const up = (axis: Axis): { label: string; go: () => void } | null => {
    const next = levelAbove(state[axis])
    return next && dimensions.some((one) => one.key === next) ? { label: t('exploreUp', { name: labelOf(next) }), go: () => { drop(next); go(state[axis], next) } } : null
  }
  const option = useMemo(() => (answer.data && look in drawn ? markOption(drawn[look as keyof typeof drawn], answer.data, state) : null), [answer.data, look, state]) // oxlint-disable-line typescript/no-unsafe-type-assertion -- told by `in`
  const open = (column: Opened['column'], keys: Opened['keys']): void => setOpened({ column, keys, period: chosen.period, where })
  return (
    <Page title={t('explore')} help="boards" sub={t('exploreHint')} acts={<>{answer.data ? <Button onClick={() => void exportSheet('figures', question, [])}>{t('export')}</Button> : null}{can('analytics.manage') ? <ExploreSave panel={panel} /> : null}</>} bar={
      <div className="ms-data-bar">
        <PeriodChoice offers={offered} period={chosen} />
        {picks.filter((p) => !slices.includes(p.dimension)).map((p) => <Button key={p.dimension} size="small" aria-label={t('removeFilter', { name: p.name })} onClick={() => drop(p.dimension)}>{p.name} ×</Button>)}
        {picks.length > 0 ? <Button type="link" onClick={() => drop()}>{t('reset')}</Button> : null}
      </div>
    }>
      <div className="ms-analytics-explore">
        <FieldList dimensions={dimensions} indicators={indicators} used={[...by, ...measures, ...slices]} refusal={(kind, key) => (kind === 'dimension' ? refusal(measures, [key]) : refusal([key], by))} />
        <div className="ms-analytics-stack">
          <Section>
            <ExploreZones state={state} dimensions={dimensions} indicators={indicators} up={up} onDimension={putDimension} onMeasure={putMeasure} onSlice={slice} onClear={(zone) => write({ [zone]: NONE })} onSwap={() => write({ rows: state.columns, columns: state.rows })}>
              {slices.map((key) => <span key={key} className="ms-row"><MemberFilter dimension={key} where={[]} period={chosen.period} picked={picks.find((p) => p.dimension === key)} onPick={pick} onDrop={() => drop(key)} /><Button type="text" size="small" aria-label={t('removeFilter', { name: labelOf(key) })} onClick={() => { drop(key); write({ slices: slices.filter((one) => one !== key) }) }}>×</Button></span>)}
            </ExploreZones>
            <div className="ms-row" style={{ marginBlockStart: 8 }}>
              <Segmented value={look} options={looks.map((value) => ({ value, label: t(`look.${value}`), disabled: by.length < 2 && (value === 'heat' || value === 'stacked') }))} onChange={(next: Look) => write({ look: next })} />
              {look === 'pivot' && by.length === 2 && subtotalBy(state.rows) ? <Checkbox checked={subtotals} onChange={(e) => setSubtotals(e.target.checked)}>{t('exploreSubtotals')}</Checkbox> : null}
              {refused ? <span className="ms-data-fault" role="alert">{refused}</span> : null}
            </div>
          </Section>
          <Section title={measures.map((code) => of(code)?.name ?? code).join('、')} extra={<span className="ms-hint">{of(state.height)?.definition.statement}</span>} flush={look === 'pivot' || look === 'heat'}>
            {by.length === 0 ? <Empty kind="filter" text={t('nothing')} /> : answer.isError ? <ProblemLine problem={answer.error} onRetry={() => void answer.refetch()} /> : !answer.data ? <Loading lines={8} /> : answer.data.rows.length === 0 ? <Empty kind="filter" text={t('nothing')} hint={t('nothingHint')} />
              : look === 'pivot' && by.length === 2 ? <PivotTable answer={answer.data} period={chosen.period} where={where} by={by} subtotals={subtotals} onDown={down} onOpen={setOpened} />
              : option ? <Chart option={option} height={380} summary={marks.filter((mark) => state[mark] !== NONE).map((mark) => `${t(`mark.${mark}`)}：${of(state[mark])?.name ?? ''}`).join(' · ')} table={tableOf(answer.data)} onPick={({ name, seriesName }) => { const row = answer.data?.rows.find((one) => one.keys[0]?.name === name && (one.keys.length < 2 || one.keys[1]?.name === seriesName)); const column = answer.data ? asked(answer.data).find((one) => one.formula === null) : undefined; if (row && column) open(column, row.keys) }} />
              : <Drawn panel={panel} dimensions={by} answer={answer.data} onPick={down} onOpen={open} />}
          </Section>
        </div>
      </div>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </Page>
  )
}
