// List page: views, conditions, table, preview, selection, paging and keys; all its state is in the address (ux.md §3.3).
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Empty, Loading, ProblemLine } from './Empty.tsx'
import { Icon } from './icons.tsx'
import { useKeys } from './keys.ts'
import { ColumnMenu, DensityMenu, ExportDialog, ListFoot } from './ListBars.tsx'
import { ListFilters } from './ListFilters.tsx'
import { fittingColumns } from './list-layout.ts'
import { ListTable, tableExtras } from './ListTable.tsx'
import type { ListPageProps } from './list-types.ts'
import { ListViews, ViewChanges } from './ListViews.tsx'
import { cappedCount } from './numbers.ts'
import { Page } from './Page.tsx'
import { t } from './texts.zh-CN.ts'
import { useList } from './use-list.ts'
import { useSelection } from './use-selection.ts'
import { useWidth } from './use-width.ts'
import './list.css'

export type { BulkAct, Column, Filter, ListPageProps, ListResult, ListView, RowAct, Selection } from './list-types.ts'
export type { FilterValues, ListQuery } from './list-state.ts'

/** What the page of a row gets in `location.state`: its place in the list, for 3/128 and the keys n and p. */
export type FromList = { list: { path: string; paths: string[]; index: number; total: number; capped: boolean } }

export function ListPage<T>(props: ListPageProps<T>): ReactElement {
  const { page, title, columns, filters = [], rowKey, preview, views = [], bulkActs = [], embedded } = props
  const list = useList(props)
  const navigate = useNavigate()
  const location = useLocation()
  const searchBox = useRef<InputRef>(null)
  const rows = list.query.data?.items ?? []
  const pick = useSelection(rows, rowKey, list)
  const [peek, setPeek] = useState(false)
  const [exporting, setExporting] = useState<'all' | 'some' | null>(null)
  const [folded, setFolded] = useState(() => localStorage.getItem('ms-views-folded') === '1')
  const [current, setCurrent] = useState<string | null>(list.state.row)
  const row = rows.find((one) => rowKey(one) === current)
  const selectable = bulkActs.length > 0 || props.exportable === true
  const [main, width] = useWidth<HTMLDivElement>()
  const shown = fittingColumns(columns, list.layout, width - tableExtras(selectable, props.rowActs !== undefined))

  const open = (one: T) => {
    list.remember(rowKey(one))
    if (props.onOpen) return props.onOpen(one)
    const path = props.open?.(one)
    if (!path || !props.open) return
    const state: FromList = { list: { path: `${location.pathname}${location.search}`, paths: rows.map(props.open), index: rows.indexOf(one), total: list.query.data?.count.value ?? rows.length, capped: list.query.data?.count.capped ?? false } }
    void navigate(path, { state })
  }
  const opens = props.open ?? props.onOpen ? open : undefined
  const move = (by: number) => {
    const at = rows.findIndex((one) => rowKey(one) === current)
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + by))]
    if (next) setCurrent(rowKey(next))
  }
  const fold = (on: boolean) => {
    setFolded(on)
    localStorage.setItem('ms-views-folded', on ? '1' : '0')
  }
  useKeys(title, [
    { keys: 'j', label: '下一行', run: () => move(1) },
    { keys: 'k', label: '上一行', run: () => move(-1) },
    { keys: '↓', label: '下一行', run: () => move(1) },
    { keys: '↑', label: '上一行', run: () => move(-1) },
    { keys: 'Enter', label: '打开', run: () => { if (row && opens) opens(row) } },
    { keys: 'Space', label: '预览', run: () => setPeek(!peek), enabled: preview !== undefined },
    { keys: 'x', label: '选择', run: () => { if (current) pick.toggle(current, false) }, enabled: selectable },
    { keys: 'Shift x', label: '选择到此行', run: () => { if (current) pick.toggle(current, true) }, enabled: selectable },
    { keys: '/', label: '搜索', run: () => searchBox.current?.focus(), enabled: !props.noSearch },
    { keys: 'v', label: '视图', run: () => fold(!folded), enabled: views.length > 0 },
    { keys: '[', label: '上一页', run: list.previous },
    { keys: ']', label: '下一页', run: list.next },
    { keys: 'Esc', label: '关闭预览、取消选择', run: () => { if (peek) setPeek(false); else if (pick.selection) pick.none(); else return false }, enabled: peek || pick.selection !== null },
  ])
  // a search or a view change is another list: the cursor starts anew
  useEffect(() => { if (!list.query.isPlaceholderData && current && !row) setCurrent(null) }, [list.query.isPlaceholderData, current, row])

  const body = (
    <div className="ms-list" data-embedded={embedded || undefined}>
      <div className="ms-list-frame" data-peek={peek && preview ? true : undefined}>
      {views.length > 0 && !embedded ? (folded
        ? <button type="button" className="ms-views-open" onClick={() => fold(false)} title={t('list.showViews')}><Icon name="chevronRight" size={14} label={t('list.showViews')} /><span>{t('list.views')}</span></button>
        : <ListViews page={page} list={list} countOf={props.countOf} onFold={() => fold(true)} />) : null}
      <div className="ms-list-main" ref={main}>
        <div className="ms-list-tools">
          {props.noSearch ? null : <SearchBox key={props.searchTo ? JSON.stringify(list.filter) : list.state.q} box={searchBox} hint={props.searchHint} value={list.state.q} onSearch={(q) => list.set(props.searchTo ? (q ? { filter: { ...list.filter, ...props.searchTo(q) } } : {}) : { q })} />}
          <ListFilters filters={filters} value={list.filter} onChange={(filter) => list.set({ filter })} />
          <span className="ms-grow" />
          {views.length > 0 && !embedded ? <ViewChanges page={page} list={list} /> : null}
          <ColumnMenu columns={columns} shown={shown} list={list} />
          <DensityMenu list={list} />
          {props.exportable ? <Button type="text" icon={<Icon name="download" />} onClick={() => setExporting('all')}>{t('list.export')}</Button> : null}
        </div>
        {list.query.error && list.query.data ? <ProblemLine problem={list.query.error} onRetry={() => void list.query.refetch()} /> : null}
        {listBody()}
        <ListFoot list={list} selection={pick.selection} acts={bulkActs} onAll={pick.everything} onNone={pick.none} onExport={props.exportable ? () => setExporting('some') : undefined} />
      </div>
      {peek && preview ? (
        <aside className="ms-peek" aria-label={t('list.preview')}>
          <button type="button" className="ms-icon-button ms-peek-x" onClick={() => setPeek(false)}><Icon name="close" label={t('close')} /></button>
          {row ? preview(row) : <Empty kind="done" text={t('list.preview')} />}
        </aside>
      ) : null}
      </div>
      <ExportDialog page={page} columns={columns} list={list} open={exporting !== null} close={() => setExporting(null)} ids={exporting === 'some' && pick.selection && !pick.selection.all ? pick.selection.ids : undefined} fixed={props.fixed} searchKey={props.searchKey} />
    </div>
  )

  function listBody(): ReactElement {
    if (!list.query.data) return list.query.error ? <Empty kind="failed" problem={list.query.error} action={{ label: t('retry'), run: () => void list.query.refetch() }} /> : <div className="ms-list-wait"><Loading lines={12} /></div>
    if (rows.length === 0) {
      const narrowed = list.changed || list.state.q !== '' || (!list.view && Object.keys(list.filter).length > 0)
      return narrowed
        ? <Empty kind="filter" action={{ label: t('empty.clear'), run: () => list.set({ filter: {}, q: '' }) }} />
        : <Empty kind="done" text={props.empty?.text} hint={props.empty?.hint} />
    }
    return (
      <ListTable columns={shown} rows={rows} rowKey={rowKey} caption={title} onOpen={opens} sort={list.state.sort} onSort={(sort) => list.set({ sort })} density={list.layout.density}
        widths={list.layout.widths} onWidth={(key, width) => list.setLayout({ widths: { ...list.layout.widths, [key]: width } })} current={current} onCurrent={setCurrent}
        selected={selectable ? pick.ids : undefined} onSelect={selectable ? pick.toggle : undefined} onSelectAll={pick.page} rowActs={props.rowActs} />
    )
  }

  if (embedded) return body
  const refreshing = list.query.isFetching && list.query.data
  return (
    <Page fill title={title} help={props.help} acts={props.acts}
      state={<span className="ms-muted">{list.view && list.view.name !== title ? `${list.view.name} · ` : ''}{list.query.data ? t('list.total', { n: cappedCount(list.query.data.count) }) : ''}{refreshing ? ` ${t('refreshing')}` : ''}</span>}>
      {body}
    </Page>
  )
}

function SearchBox({ box, hint, value, onSearch }: { box: React.RefObject<InputRef | null>; hint?: string; value: string; onSearch: (q: string) => void }): ReactElement {
  return (
    <Input ref={box} className="ms-list-search" defaultValue={value} allowClear aria-label={t('list.search')} placeholder={hint ?? t('list.search')} prefix={<Icon name="search" size={14} />} suffix={value ? null : <kbd className="ms-kbd">/</kbd>}
      onPressEnter={(e) => { if (!e.nativeEvent.isComposing) onSearch(e.currentTarget.value.trim()) }} onClear={() => onSearch('')}
      onKeyDown={(e) => { if (e.key === 'Escape') e.currentTarget.blur() }} />
  )
}
