// A board over a period: what is picked in one panel filters all; every number opens its rows; refreshes by itself.
import { Button, Drawer, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useCallback, useMemo, useState } from 'react'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import type { Period } from '../../ui/period.ts'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { isPeriodName, namedPeriod, type PeriodName } from './periods.ts'
import { PanelView, type Opened } from './PanelView.tsx'
import type { BoardView, Pick } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

/** The page of one board; 今日动态 has an address of its own. */
export default function BoardPage(): ReactElement {
  const { code } = useParams()
  const { pathname } = useLocation()
  const board = useQueryOf('showBoard', { code: code ?? (pathname.endsWith('/today') ? 'today' : '') }, { staleTime: 60_000 })
  return <QueryView query={board}>{(data) => <Shown key={data.code} data={data} />}</QueryView>
}

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

function usePeriod(fallback: PeriodName): { period: Period; name: PeriodName | ''; choose: (next: PeriodName | Period) => void } {
  const [search, setSearch] = useSearchParams()
  const [name, from, to] = [search.get('period'), search.get('from'), search.get('to')]
  const named = isPeriodName(name) ? name : isDate(from) && isDate(to) ? '' : fallback
  const period = useMemo(() => (named === '' ? { from: from ?? '', to: to ?? '' } : namedPeriod(named)), [named, from, to])
  const choose = (next: PeriodName | Period): void => setSearch((held) => {
    const all = new URLSearchParams(held)
    for (const key of ['period', 'from', 'to']) all.delete(key)
    for (const [key, value] of Object.entries(typeof next === 'string' ? { period: next } : next)) all.set(key, value)
    return all
  }, { replace: true })
  return { period, name: named, choose }
}

/** What was picked, in the address: `pick=county:990101:临澜区`; an empty key is 未知. */
function usePicks(): { picks: Pick[]; pick: (one: Pick) => void; drop: (dimension?: string) => void } {
  const [search, setSearch] = useSearchParams()
  const text = search.getAll('pick').join('\n')
  const picks = useMemo(() => text.split('\n').filter(Boolean).map((one): Pick => { const [dimension = '', key = '', ...name] = one.split(':'); return { dimension, key: key === '' ? null : key, name: name.join(':') } }), [text])
  const write = useCallback((next: Pick[]) => setSearch((held) => {
    const all = new URLSearchParams(held)
    all.delete('pick')
    for (const one of next) all.append('pick', `${one.dimension}:${one.key ?? ''}:${one.name}`)
    return all
  }), [setSearch])
  return { picks, pick: (one) => write([...picks.filter((p) => p.dimension !== one.dimension), one]), drop: (dimension) => write(dimension === undefined ? [] : picks.filter((p) => p.dimension !== dimension)) }
}

function Shown({ data }: { data: BoardView }): ReactElement {
  const board = data.definition
  const navigate = useNavigate()
  const { period, name, choose } = usePeriod(board.period)
  const { picks, pick, drop } = usePicks()
  const [opened, setOpened] = useState<Opened | null>(null)
  const acts = data.mayEdit ? <><Button onClick={() => void navigate(`/analytics/boards/new/edit?copy=${board.code}`)}>{t('copy')}</Button><Button onClick={() => void navigate(`/analytics/boards/${board.code}/edit`)}>{t('edit')}</Button></> : null
  return (
    <Page title={data.name} help="boards" sub={board.description} acts={<><Link to="/analytics/boards">{t('boards')}</Link>{acts}</>} bar={
      <div className="ms-data-bar">
        <Segmented value={name} options={board.offers.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => { if (isPeriodName(value)) choose(value) }} />
        <span className="ms-data-date"><DateInput value={period.from} placeholder={t('from')} onChange={(from) => { if (from) choose({ ...period, from }) }} /></span>–<span className="ms-data-date"><DateInput value={period.to} placeholder={t('to')} onChange={(to) => { if (to) choose({ ...period, to }) }} /></span>
        {board.filters.map((dimension) => <MemberFilter key={dimension} dimension={dimension} board={data} period={period} picked={picks.find((p) => p.dimension === dimension)} onPick={pick} onDrop={() => drop(dimension)} />)}
        {picks.filter((p) => !board.filters.includes(p.dimension)).map((p) => <Button key={p.dimension} size="small" aria-label={t('removeFilter', { name: p.name })} onClick={() => drop(p.dimension)}>{p.name} ×</Button>)}
        {picks.length > 0 ? <Button type="link" onClick={() => drop()}>{t('reset')}</Button> : null}
      </div>
    }>
      <div className="ms-analytics-grid">
        {board.panels.map((panel) => (
          <div key={panel.id} data-width={panel.width}><PanelView board={board} panel={panel} period={period} picks={picks} onPick={pick} onOpen={setOpened} refreshEvery={board.refreshSeconds * 1000} /></div>
        ))}
      </div>
      <p className="ms-hint">{t('notice')}</p>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </Page>
  )
}

type FilterProps = { dimension: string; board: BoardView; period: Period; picked: Pick | undefined; onPick: (pick: Pick) => void; onDrop: () => void }

/** Members that occur in the period, most frequent first. */
function MemberFilter({ dimension, board, period, picked, onPick, onDrop }: FilterProps): ReactElement {
  const [wanted, setWanted] = useState(false)
  const names = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const members = useQueryOf('queryFigures', { ...period, indicators: ['received'], dimensions: [dimension], where: board.definition.where, below: false, limit: 300 }, { enabled: wanted, staleTime: 60_000 })
  const label = names.data?.dimensions.find((d) => d.key === dimension)?.label ?? ''
  const options = (members.data?.rows ?? []).map((row) => ({ value: row.keys[0]?.key ?? '', label: `${row.keys[0]?.name ?? ''}（${row.values['received'] ?? 0}）`, name: row.keys[0]?.name ?? '' }))
  const held = picked && !options.some((o) => o.value === (picked.key ?? '')) ? [{ value: picked.key ?? '', label: picked.name, name: picked.name }] : []
  return (
    <Select aria-label={t('filterBy', { name: label })} placeholder={label} style={{ minInlineSize: 120 }} allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} loading={members.isLoading} value={picked ? (picked.key ?? '') : undefined} options={[...held, ...options]}
      onOpenChange={(open) => { if (open) setWanted(true) }} onChange={(value: string | undefined) => { const one = options.find((o) => o.value === value); if (value === undefined) onDrop(); else if (one) onPick({ dimension, key: value === '' ? null : value, name: one.name }) }} />
  )
}
