// Matter × unit: each cell a button, arrow keys move; gaps and overlaps stand at the matter.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { Link } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import type { Problem } from '../../../api/problem.ts'
import { Empty, Loading, ProblemLine } from '../../../ui/Empty.tsx'
import { AreaPicker, MatterPicker, UnitPicker } from '../../../ui/Pickers.tsx'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { areaLoader, unitLoader } from '../../orders/pickers.ts'
import type { NewDuty } from './DutyDrawer.tsx'
import { t } from './texts.zh-CN.ts'

type Matrix = OutputOf<'dutyMatrix'>
type Props = { directories: TreeLoader; mayEdit: boolean; onAdd: (prefill: NewDuty) => void; onOpen: (dutyEntryId: string) => void }
const units = unitLoader()
const isOnly = (text: string | null): text is 'gaps' | 'overlaps' => text === 'gaps' || text === 'overlaps'

export function DutyMatrix({ directories, mayEdit, onAdd, onOpen }: Props): ReactElement {
  const [search, setSearch] = useSearchParams()
  const directoryId = search.get('directoryId') ?? undefined
  const areaCode = search.get('areaCode') ?? undefined
  const extra = search.getAll('unit')
  const onlyText = search.get('only')
  const only = isOnly(onlyText) ? onlyText : 'all'
  const set = (key: string, values: string[]) => setSearch((before) => {
    const next = new URLSearchParams(before)
    next.delete(key)
    for (const value of values) next.append(key, value)
    return next
  })
  const query = useInfiniteQuery<Matrix, Problem>({
    queryKey: ['dutyMatrix', directoryId, areaCode, only],
    queryFn: ({ signal, pageParam }) => call('dutyMatrix', { only, limit: 60, ...(directoryId ? { directoryId } : {}), ...(areaCode ? { areaCode } : {}), ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
  })
  const pages = query.data?.pages ?? []
  const matters = pages.flatMap((page) => page.matters)
  const columns = [...new Map(pages.flatMap((page) => page.units).map((unit) => [unit.id, unit])).values()]
  const cells = pages.flatMap((page) => page.cells)
  const short = shortNames(cells.map((cell) => cell.areaName))
  const nameOf = (id: string) => columns.find((unit) => unit.id === id)?.name ?? ''
  const shown = extra.length ? columns.filter((unit) => extra.includes(unit.id)) : columns
  const one = (value: string | string[] | undefined): string[] => (typeof value === 'string' && value ? [value] : [])
  return (
    <div className="ms-split-list" style={{ flex: 1 }}>
      <div className="ms-list-tools">
        <div style={{ inlineSize: 220 }}><MatterPicker loader={directories} value={directoryId} placeholder={t('directory')} onChange={(next) => set('directoryId', one(next))} /></div>
        <div style={{ inlineSize: 200 }} title={t('areaHint')}><AreaPicker loader={areaLoader} value={areaCode} placeholder={t('area')} onChange={(next) => set('areaCode', one(next))} /></div>
        <div style={{ inlineSize: 240 }}><UnitPicker loader={units} multiple value={extra} placeholder={t('unitsAll')} onChange={(next) => set('unit', Array.isArray(next) ? next : [])} /></div>
        <Segmented size="small" value={only} options={[{ value: 'all', label: t('onlyAll') }, { value: 'gaps', label: t('onlyGaps') }, { value: 'overlaps', label: t('onlyOverlaps') }]} onChange={(next) => set('only', next === 'all' ? [] : [next])} />
        <span className="ms-grow" />
        <span className="ms-hint">{query.data ? t('loaded', { n: matters.length, units: shown.length }) : ''} · {t('matrixHint')}</span>
      </div>
      {query.error ? <ProblemLine problem={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <div className="ms-list-wait"><Loading lines={10} /></div> : matters.length === 0 ? <Empty kind="filter" text={t('matrixNone')} /> : (
        <div style={{ overflow: 'auto', flex: 1 }} onKeyDown={moveFocus}>
          <table className="ms-plain-table ms-dutymatrix">
            <caption className="ms-hidden">{t('title')}</caption>
            <thead><tr><th scope="col">{t('matter')}</th>{shown.map((unit) => <th key={unit.id} scope="col">{unit.name}</th>)}</tr></thead>
            <tbody>{matters.map((matter, row) => (
              <tr key={matter.id}>
                <th scope="row">
                  <Link to={`/matters/items/${encodeURIComponent(matter.code)}?tab=duties`}>{matter.name}</Link> <span className="ms-hint">{matter.code}</span>{' '}
                  {matter.gap ? <Tag tone="near" icon="warning" title={t('gapHint')}>{t('gap')}</Tag> : null}{' '}
                  <Overlaps overlaps={matter.overlaps} nameOf={nameOf} />
                </th>
                {shown.map((unit, column) => {
                  const here = cells.filter((cell) => cell.matterId === matter.id && cell.unitId === unit.id)
                  const first = here[0]
                  return (
                    <td key={unit.id}>
                      <button type="button" className="ms-dutycell" data-at={`${row},${column}`} data-role={first?.role} disabled={!first && !mayEdit} aria-label={first ? `${matter.name} ${unit.name} ${here.map((cell) => `${t(cell.role)} ${cell.areaName}`).join('、')}` : t('cellAdd', { matter: matter.name, unit: unit.name })} title={here.map((cell) => `${t(cell.role)} ${cell.areaName}`).join('、')}
                        onClick={() => (first ? onOpen(first.dutyEntryId) : onAdd({ matterId: matter.id, unitId: unit.id, ...(areaCode ? { areaCode } : {}) }))}>
                        {first ? <>{t(first.role)} {short(first.areaName)}{here.length > 1 ? ` ${t('cellMany', { n: here.length })}` : ''}</> : <i aria-hidden="true">＋</i>}
                      </button>
                    </td>
                  )
                })}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {query.hasNextPage ? <div className="ms-list-foot"><span className="ms-grow" /><Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button></div> : null}
    </div>
  )
}

function Overlaps({ overlaps, nameOf }: { overlaps: Matrix['matters'][number]['overlaps']; nameOf: (id: string) => string }): ReactElement | null {
  if (overlaps.length === 0) return null
  const words = overlaps.map((overlap) => t(overlap.kind === 'same' ? 'overlapSame' : 'overlapNested', { units: overlap.unitIds.map(nameOf).join('、') }))
  return <Tag tone={overlaps.some((overlap) => overlap.kind === 'same') ? 'over' : 'low'} title={words.join('\n')}>{t('overlap')} {overlaps.length}</Tag>
}

/** Areas of one city begin alike: what all names share is left out of the cells. */
function shortNames(names: readonly string[]): (name: string) => string {
  let shared = names[0] ?? ''
  for (const name of names) while (!name.startsWith(shared)) shared = shared.slice(0, -1)
  return (name) => name.slice(shared.length) || t('whole')
}

const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** Arrow keys go from cell to cell, as in a sheet. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = steps[event.key]
  const at = event.target instanceof HTMLElement ? event.target.dataset.at?.split(',').map(Number) : undefined
  if (!step || !at) return
  const next = event.currentTarget.querySelector(`[data-at="${(at[0] ?? 0) + step[0]},${(at[1] ?? 0) + step[1]}"]`)
  if (next instanceof HTMLElement) {
    event.preventDefault()
    next.focus()
  }
}
