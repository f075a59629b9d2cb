// One panel: its own loading, empty and failed states, chart or table, and the rows behind every counted number.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Chart } from '../../ui/Figure.tsx'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Section } from '../../ui/Page.tsx'
import type { Period } from '../../ui/period.ts'
import { when } from '../../ui/time.ts'
import { axisOf, optionOf, tableOf } from './chart.ts'
import { FigureCards, Progress, Rank } from './cards.tsx'
import { addressOf } from './explore.ts'
import { ForecastPanel } from './ForecastPanel.tsx'
import { MapPanel } from './MapPanel.tsx'
import { isTime } from './pivot.ts'
import { PivotTable } from './PivotTable.tsx'
import { PairsPanel } from './PairsPanel.tsx'
import { TelephoneNow } from './TelephoneNow.tsx'
import { HeatTable, ValueTable } from './tables.tsx'
import { ProblemGroups } from './ProblemGroups.tsx'
import { asked, dimensionsOf, questionOf, type Answer, type Board, type Column, type Panel, type Pick, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

export type Opened = { column: Column; keys: Row['keys']; period: Period; where: { dimension: string; values: (string | null)[] }[] }
export type PanelProps = { board: Held; panel: Panel; period: Period; picks: readonly Pick[]; onPick: (pick: Pick) => void; onOpen: (opened: Opened) => void; refreshEvery?: number; /** A named problem was chosen. */ onGroup?: (name: string) => void; group?: string | undefined }
type Held = { where: Board['where']; groups: Board['groups']; animate?: boolean | undefined }

export function PanelView(props: PanelProps): ReactElement {
  const { panel } = props
  if (panel.kind === 'text') return <Section title={panel.title}><p className="ms-analytics-text">{panel.text}</p></Section>
  if (panel.kind === 'groups') return <Section title={panel.title}><ProblemGroups {...props} /></Section>
  if (panel.kind === 'map') return <Section title={panel.title}><MapPanel {...props} /></Section>
  if (panel.kind === 'forecast') return <Section title={panel.title} flush><ForecastPanel {...props} onOpen={props.onOpen} /></Section>
  if (panel.kind === 'telephone') return <Section title={panel.title}><TelephoneNow /></Section>
  return <AskedPanel {...props} />
}

function AskedPanel({ board, panel, period, picks, onPick, onOpen, refreshEvery }: PanelProps): ReactElement {
  const question = useMemo(() => questionOf(board, panel, period, picks), [board, panel, period, picks])
  const query = useQueryOf('queryFigures', question, { keepPrevious: true, ...(refreshEvery ? { refetchEvery: refreshEvery } : {}) })
  const dimensions = dimensionsOf(panel, picks, period)
  const open = (column: Column, keys: Row['keys']): void => onOpen({ column, keys, period, where: question.where ?? [] })
  const extra = <><span className="ms-hint">{query.data && (query.isError || query.data.late) ? t(query.isError ? 'stale' : 'late', { time: when(query.data.asOf) }) : query.data ? hint(panel, query.data) : ''}</span>{query.data && tabular.has(panel.kind) ? <Link to={addressOf({ ...panel, dimensions }, question.where ?? [], period)}>{t('exploreFrom')}</Link> : null}{query.data && (panel.kind === 'table' || panel.kind === 'pivot') ? <Button size="small" type="text" onClick={() => void exportSheet('figures', { ...question }, [])}>{t('export')}</Button> : null}</>
  return (
    <Section title={panel.title} extra={extra} flush={panel.kind === 'table' || panel.kind === 'heat' || panel.kind === 'pivot'}>
      {query.data && panel.kind === 'pivot' && query.data.rows.length > 0 ? <PivotTable answer={query.data} period={period} where={question.where ?? []} by={dimensions} subtotals onDown={onPick} onOpen={onOpen} /> : query.data ? <Drawn panel={panel} dimensions={dimensions} animate={board.animate ?? false} answer={query.data} onPick={onPick} onOpen={open} /> : query.isError ? <ProblemLine problem={query.error} onRetry={() => void query.refetch()} /> : <Loading lines={4} />}
    </Section>
  )
}

/** What can be taken apart further where dimensions are swapped. */
const tabular = new Set<Panel['kind']>(['table', 'pivot', 'heat', 'stacked', 'scatter'])

const hint = (panel: Panel, answer: Answer): string =>
  answer.missing[0] ? t('missing', { names: answer.missing.join('、') }) : answer.changed[0] ? t('definitionChanged', { name: answer.changed[0].name, day: answer.changed[0].fromDay }) : panel.dimensions.length > 0 && answer.groups > answer.rows.length ? t('groupCount', { n: answer.rows.length, all: answer.groups }) : answer.before ? t('compared', { from: answer.before.from, to: answer.before.to }) : (panel.note ?? '')

type DrawnProps = { bare?: boolean; animate?: boolean; panel: Panel; dimensions: string[]; answer: Answer; onPick: (pick: Pick) => void; onOpen: (column: Column, keys: Row['keys']) => void }

export function Drawn({ bare = false, animate = false, panel, dimensions, answer, onPick, onOpen }: DrawnProps): ReactElement {
  const columns = asked(answer)
  const nothing = answer.rows.length === 0 && columns.every((c) => (answer.total[c.code] ?? '0') === '0')
  if (panel.kind !== 'figures' && panel.kind !== 'progress' && panel.kind !== 'gauge' && answer.rows.length === 0 && (nothing || dimensions.length > 0)) return <Empty kind="filter" text={t('nothing')} hint={t('nothingHint')} />
  const pick = (key: Row['keys'][number] | undefined): void => {
    if (!key) return
    if (isTime(key.dimension)) { const column = columns.find((c) => c.formula === null); if (column) onOpen(column, [key]) } else onPick({ dimension: key.dimension, key: key.key, name: key.name })
  }
  switch (panel.kind) {
    case 'figures': return <FigureCards answer={answer} compare={panel.compare} onOpen={onOpen} />
    case 'progress': return <Progress answer={answer} target={panel.target} onOpen={onOpen} />
    case 'rank': return <Rank answer={answer} compare={panel.compare} onPick={pick} onOpen={onOpen} />
    case 'table': return <ValueTable answer={answer} compare={panel.compare} onPick={pick} onOpen={onOpen} />
    case 'graph': return <PairsPanel answer={answer} support={panel.target} onOpen={onOpen} />
    case 'heat': return <HeatTable answer={answer} onOpen={onOpen} />
    default: {
      const option = optionOf(panel, answer)
      const axis = axisOf(answer)
      return option ? <Chart bare={bare || panel.kind === 'gauge'} height={panel.kind === 'gauge' ? 190 : 260} option={animate ? { ...option, animation: true } : option} summary={panel.kind === 'gauge' ? (columns[0]?.statement ?? '') : t('summary', { n: answer.rows.length })} table={tableOf(answer)} onPick={({ name, dataIndex }) => pick(axis.find((k) => k.name === name) ?? axis[dataIndex])} /> : <Empty kind="filter" text={t('nothing')} />
    }
  }
}
