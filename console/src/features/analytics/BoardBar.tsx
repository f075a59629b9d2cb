// Period and filters of a board, in one bar under its title.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import type { Period } from '../../ui/period.ts'
import type { ChosenPeriod, Picks } from './board-state.ts'
import { PeriodChoice } from './PeriodBar.tsx'
import type { BoardView, Pick } from './question.ts'
import { t } from './texts.zh-CN.ts'

export function BoardBar({ data, period: chosen, picks: { picks, pick, drop } }: { data: BoardView; period: ChosenPeriod; picks: Picks }): ReactElement {
  const board = data.definition
  return (
    <div className="ms-data-bar">
      <PeriodChoice offers={board.offers} period={chosen} />
      {board.filters.map((dimension) => <MemberFilter key={dimension} dimension={dimension} where={board.where} period={chosen.period} picked={picks.find((p) => p.dimension === dimension)} onPick={pick} onDrop={() => drop(dimension)} />)}
      {picks.filter((p) => !board.filters.includes(p.dimension)).map((p) => <Button key={p.dimension} size="small" aria-label={t('removeFilter', { name: p.name })} onClick={() => drop(p.dimension)}>{p.name} ×</Button>)}
      {picks.length > 0 ? <Button type="link" onClick={() => drop()}>{t('reset')}</Button> : null}
    </div>
  )
}

type Where = BoardView['definition']['where']
type FilterProps = { dimension: string; where: Where; period: Period; picked: Pick | undefined; onPick: (pick: Pick) => void; onDrop: () => void }

/** Members that occur in the period, most frequent first. */
export function MemberFilter({ dimension, where, period, picked, onPick, onDrop }: FilterProps): ReactElement {
  const [wanted, setWanted] = useState(false)
  const names = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const found = names.data?.dimensions.find((d) => d.key === dimension)
  const counted = found?.counted ?? 'received'
  const members = useQueryOf('queryFigures', { ...period, indicators: [counted], dimensions: [dimension], where, below: false, limit: 300 }, { enabled: wanted && found !== undefined, staleTime: 60_000 })
  const label = found?.label ?? ''
  const options = (members.data?.rows ?? []).map((row) => ({ value: row.keys[0]?.key ?? '', label: `${row.keys[0]?.name ?? ''}（${row.values[counted] ?? 0}）`, name: row.keys[0]?.name ?? '' }))
  const held = picked && !options.some((o) => o.value === (picked.key ?? '')) ? [{ value: picked.key ?? '', label: picked.name, name: picked.name }] : []
  return (
    <Select aria-label={t('filterBy', { name: label })} placeholder={label} style={{ minInlineSize: 120 }} allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} loading={members.isLoading} value={picked ? (picked.key ?? '') : undefined} options={[...held, ...options]}
      onOpenChange={(open) => { if (open) setWanted(true) }} onChange={(value: string | undefined) => { const one = options.find((o) => o.value === value); if (value === undefined) onDrop(); else if (one) onPick({ dimension, key: value === '' ? null : value, name: one.name }) }} />
  )
}
