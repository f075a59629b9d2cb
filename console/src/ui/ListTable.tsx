// The table of the list engine: sticky header and first columns, one line per row, widths by mouse or arrow keys.
import { Checkbox, Dropdown } from 'antd'
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { Icon } from './icons.tsx'
import { rowHeight } from './list-layout.ts'
import type { Density } from './list-layout.ts'
import { nextSort, sortNames } from './list-state.ts'
import type { Column, RowAct } from './list-types.ts'
import { t } from './texts.zh-CN.ts'
import './list.css'

export type ListTableProps<T> = {
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  /** For readers: what the table lists. */
  caption: string
  onOpen?: (row: T) => void
  sort?: string | null
  onSort?: (sort: string | null) => void
  density?: Density
  widths?: Record<string, number>
  onWidth?: (key: string, width: number) => void
  /** Row under the cursor. */
  current?: string | null
  onCurrent?: (key: string) => void
  selected?: ReadonlySet<string>
  onSelect?: (key: string, range: boolean) => void
  onSelectAll?: (on: boolean) => void
  rowActs?: (row: T) => RowAct[]
}

const leastWidth = 48
const [pickWidth, actsWidth] = [36, 40]

/** Width of what stands beside the columns: ticks and the acts of a row. */
export const tableExtras = (ticks: boolean, acts: boolean): number => (ticks ? pickWidth : 0) + (acts ? actsWidth : 0)

export function ListTable<T>(p: ListTableProps<T>): ReactElement {
  const { columns, rows, rowKey, caption, widths = {}, density = 'compact', current, selected, onSelect } = p
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current) box.current?.querySelector(`[data-row="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const widthOf = (column: Column<T>) => widths[column.key] ?? column.width
  const picked = rows.filter((row) => selected?.has(rowKey(row))).length
  // the wide column gives way before the table scrolls
  const least = (column: Column<T>) => (column.wide && !widths[column.key] ? Math.min(column.width, 160) : widthOf(column))
  const total = columns.reduce((sum, column) => sum + least(column), 0) + tableExtras(onSelect !== undefined, p.rowActs !== undefined)
  return (
    <div className="ms-table-box" ref={box} style={{ '--ms-row': `${rowHeight[density]}px` } as React.CSSProperties}>
      <table className="ms-table" style={{ minInlineSize: total }} data-select={onSelect ? true : undefined}>
        <caption className="ms-hidden">{caption}</caption>
        <colgroup>
          {onSelect ? <col style={{ inlineSize: pickWidth }} /> : null}
          {columns.map((column) => <col key={column.key} style={column.wide && !widths[column.key] ? undefined : { inlineSize: widthOf(column) }} />)}
          {p.rowActs ? <col style={{ inlineSize: actsWidth }} /> : null}
        </colgroup>
        <thead>
          <tr>
            {onSelect ? (
              <th scope="col" className="ms-pick">
                <Checkbox aria-label={t('list.selectPage')} checked={rows.length > 0 && picked === rows.length} indeterminate={picked > 0 && picked < rows.length} onChange={(e) => p.onSelectAll?.(e.target.checked)} />
              </th>
            ) : null}
            {columns.map((column) => <Head key={column.key} column={column} sort={p.sort ?? null} onSort={p.onSort} width={widthOf(column)} onWidth={p.onWidth} />)}
            {p.rowActs ? <th scope="col" className="ms-row-acts"><span className="ms-hidden">{t('list.rowActs')}</span></th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row)
            return (
              <tr key={key} data-row={key} data-current={key === current || undefined} data-selected={selected?.has(key) || undefined} aria-selected={onSelect ? (selected?.has(key) ?? false) : undefined}
                onClick={() => p.onCurrent?.(key)} onDoubleClick={() => p.onOpen?.(row)}>
                {onSelect ? (
                  <td className="ms-pick" onClick={(e) => e.stopPropagation()}>
                    <Checkbox aria-label={t('list.selectRow')} checked={selected?.has(key) ?? false} onChange={(e) => onSelect(key, e.nativeEvent instanceof MouseEvent && e.nativeEvent.shiftKey)} />
                  </td>
                ) : null}
                {columns.map((column, i) => <Cell key={column.key} column={column} row={row} first={i === 0} onOpen={p.onOpen} />)}
                {p.rowActs ? <td className="ms-row-acts"><RowActs acts={p.rowActs(row)} /></td> : null}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell<T>({ column, row, first, onOpen }: { column: Column<T>; row: T; first: boolean; onOpen?: (row: T) => void }): ReactElement {
  const content = column.render(row)
  const shown = content === null || content === undefined || content === '' ? '–' : content
  const text = column.text?.(row) ?? (typeof content === 'string' || typeof content === 'number' ? String(content) : undefined)
  return (
    <td className={column.align === 'end' ? 'ms-num' : undefined} title={text}>
      {first && onOpen ? <button type="button" className="ms-link-button ms-cell-link" onClick={() => onOpen(row)}>{shown}</button> : shown}
    </td>
  )
}

type HeadProps<T> = { column: Column<T>; sort: string | null; onSort?: (sort: string | null) => void; width: number; onWidth?: (key: string, width: number) => void }

function Head<T>({ column, sort, onSort, width, onWidth }: HeadProps<T>): ReactElement {
  const name = column.sort
  const [ascending, descending] = name === undefined ? [] : sortNames(name)
  const down = sort !== null && sort === descending && sort !== ascending
  const sorted = sort !== null && (sort === ascending || down)
  return (
    <th scope="col" className={column.align === 'end' ? 'ms-num' : undefined} aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}>
      {name && onSort ? (
        <button type="button" className="ms-sort" data-on={sorted || undefined} onClick={() => onSort(nextSort(sort, name))} title={t('list.sortBy', { title: column.title })}>
          <span className="ms-ellipsis">{column.title}</span>
          {sorted ? <><Icon name={down ? 'arrowDown' : 'arrowUp'} size={12} /><span className="ms-hidden">{down ? t('list.sortDesc') : t('list.sortAsc')}</span></> : null}
        </button>
      ) : <span className="ms-ellipsis">{column.title}</span>}
      {onWidth ? <Grip title={column.title} width={width} onWidth={(next) => onWidth(column.key, next)} /> : null}
    </th>
  )
}

/** Column edge: drag it, or focus it and use the arrow keys. */
function Grip({ title, width, onWidth }: { title: string; width: number; onWidth: (width: number) => void }): ReactElement {
  const start = useRef<{ x: number; width: number } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    const cell = event.currentTarget.closest('th')
    start.current = { x: event.clientX, width: cell?.offsetWidth ?? width }
    event.currentTarget.setPointerCapture(event.pointerId)
    event.preventDefault()
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) onWidth(Math.max(leastWidth, start.current.width + (event.clientX - start.current.x) * (document.dir === 'rtl' ? -1 : 1)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0
    if (by === 0) return
    event.preventDefault()
    onWidth(Math.max(leastWidth, width + by))
  }
  return <span className="ms-grip" role="separator" aria-orientation="vertical" aria-label={t('list.resize', { title })} aria-valuenow={Math.round(width)} tabIndex={0} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={() => { start.current = null }} onKeyDown={onKeyDown} />
}

function RowActs({ acts }: { acts: RowAct[] }): ReactElement | null {
  if (acts.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items: acts.map((act) => ({ key: act.id, label: act.label, danger: act.danger ?? false, disabled: act.disabled ?? false, onClick: act.run })) }}>
      <button type="button" className="ms-icon-button" onClick={(e) => e.stopPropagation()}><Icon name="more" label={t('list.rowActs')} /></button>
    </Dropdown>
  )
}
