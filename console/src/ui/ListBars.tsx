// Tools over the table and the bar under it: columns, density, export, selection, paging.
import { Button, Checkbox, Dropdown, Modal, Popover, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { request } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import type { Problem } from '../api/problem.ts'
import { ProblemLine } from './Empty.tsx'
import { Icon } from './icons.tsx'
import { visibleColumns } from './list-layout.ts'
import type { Density } from './list-layout.ts'
import { filterText, limits, moveKey, pageRange } from './list-state.ts'
import type { FilterValues } from './list-state.ts'
import type { BulkAct, Column, Selection } from './list-types.ts'
import { fetchResult } from './long-work.ts'
import { notify } from './notices.ts'
import { cappedCount, count } from './numbers.ts'
import { t } from './texts.zh-CN.ts'
import type { ListEngine } from './use-list.ts'

/** `shown` are the columns that fit now; those the room is short for are named, and a click keeps them. */
export function ColumnMenu<T>({ columns, shown: fitting, list }: { columns: readonly Column<T>[]; shown: readonly Column<T>[]; list: ListEngine<T> }): ReactElement {
  const narrow = visibleColumns(columns, list.layout).filter((column) => !fitting.includes(column))
  const shown = fitting.map((column) => column.key)
  const order = [...shown, ...columns.map((column) => column.key).filter((key) => !shown.includes(key))]
  const set = (keys: string[]) => list.setLayout({ columns: keys })
  return (
    <Popover trigger="click" placement="bottomRight" content={
      <div className="ms-columns">
        {order.map((key) => {
          const column = columns.find((one) => one.key === key)
          const at = shown.indexOf(key)
          if (!column) return null
          return (
            <div key={key}>
              <Checkbox checked={at >= 0} disabled={at >= 0 && shown.length === 1} onChange={(e) => set(e.target.checked ? [...shown, key] : shown.filter((one) => one !== key))}>{column.title}</Checkbox>
              <span className="ms-grow" />
              <button type="button" className="ms-icon-button" disabled={at <= 0} onClick={() => set(moveKey(shown, key, -1))}><Icon name="arrowUp" size={12} label={`${t('list.moveUp')} ${column.title}`} /></button>
              <button type="button" className="ms-icon-button" disabled={at < 0 || at === shown.length - 1} onClick={() => set(moveKey(shown, key, 1))}><Icon name="arrowDown" size={12} label={`${t('list.moveDown')} ${column.title}`} /></button>
            </div>
          )
        })}
        {narrow.length > 0 ? <p className="ms-hint">{t('list.narrow', { columns: narrow.map((column) => column.title).join('、') })}</p> : null}
        <button type="button" className="ms-link-button" onClick={() => list.setLayout({ columns: null, widths: {} })}>{t('list.resetColumns')}</button>
      </div>
    }>
      <Button type="text" icon={<Icon name="columns" />}>{t('list.columns')}</Button>
    </Popover>
  )
}

const densities: Density[] = ['compact', 'standard', 'loose']

export function DensityMenu<T>({ list }: { list: ListEngine<T> }): ReactElement {
  return (
    <Dropdown trigger={['click']} menu={{ selectedKeys: [list.layout.density], items: densities.map((key) => ({ key, label: t(`density.${key}`), onClick: () => list.setLayout({ density: key }) })) }}>
      <Button type="text" icon={<Icon name="rows" />}>{t('list.density')}</Button>
    </Dropdown>
  )
}

type ExportProps<T> = { page: string; columns: readonly Column<T>[]; list: ListEngine<T>; open: boolean; close: () => void; ids?: string[]; fixed?: FilterValues; searchKey?: string }
type Format = 'xlsx' | 'csv' | 'pdf'
const formats: { value: Format; label: string }[] = [{ value: 'xlsx', label: 'Excel' }, { value: 'csv', label: 'CSV' }, { value: 'pdf', label: 'PDF' }]

/** States rows, columns, scope and masking; the work itself runs in the task centre. */
export function ExportDialog<T>({ page, columns, list, open, close, ids, fixed, searchKey = 'q' }: ExportProps<T>): ReactElement {
  const [format, setFormat] = useState<Format>('xlsx')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const chosen = visibleColumns(columns, list.layout).filter((column) => column.export !== false)
  const start = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const filter = { ...filterText({ ...list.filter, ...fixed }), ...(list.state.q ? { [searchKey]: list.state.q } : {}) }
      const started = await request<{ taskId: string; background: boolean }>('POST', '/api/exports', { page, filter, sort: list.state.sort ?? undefined, columns: chosen.map((column) => column.key), format, ids })
      if (started.background || !(await fetchResult(started.taskId))) notify({ level: 'P3', title: t('export.started'), path: '/home/tasks', tone: 'ok' })
      close()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open={open} title={t('export.title')} onCancel={close} okText={t('export.start')} onOk={() => void start()} okButtonProps={{ loading: busy }} width={520} destroyOnHidden>
      {problem ? <ProblemLine problem={problem} /> : null}
      <dl className="ms-facts">
        <div><dt>{t('export.rows')}</dt><dd>{ids ? count(ids.length) : cappedCount(list.query.data?.count)}</dd></div>
        <div><dt>{t('export.columns')}</dt><dd>{chosen.map((column) => column.title).join('、')}</dd></div>
        <div><dt>{t('export.scope')}</dt><dd>{t('export.scopeText')}</dd></div>
        <div><dt>{t('export.format')}</dt><dd><Radio.Group value={format} onChange={(e) => setFormat(formats.find((one) => one.value === e.target.value)?.value ?? 'xlsx')} options={formats} /></dd></div>
      </dl>
    </Modal>
  )
}

type FootProps<T> = {
  list: ListEngine<T>
  selection: Selection<T> | null
  acts: readonly BulkAct<T>[]
  onAll: () => void
  onNone: () => void
  onExport?: () => void
}

/** Selection with its acts at the left, position and paging at the right. */
export function ListFoot<T>({ list, selection, acts, onAll, onNone, onExport }: FootProps<T>): ReactElement {
  const data = list.query.data
  const range = pageRange(list.pagesBefore, list.state.limit, data?.items.length ?? 0)
  const whole = acts.some((act) => act.wholeResult)
  const usable = selection?.all ? acts.filter((act) => act.wholeResult) : acts
  return (
    <div className="ms-list-foot">
      {selection ? (
        <div className="ms-row" role="toolbar">
          <span>{selection.all ? t('list.selectedAll', { n: count(selection.count) }) : t('list.selected', { n: selection.ids.length })}</span>
          {whole && !selection.all && data && data.count.value > selection.ids.length ? <button type="button" className="ms-link-button" onClick={onAll}>{t('list.selectAll', { n: cappedCount(data.count) })}</button> : null}
          {usable.map((act) => <Button key={act.id} size="small" danger={act.danger ?? false} onClick={() => act.run(selection)}>{act.label}</Button>)}
          {onExport && !selection.all ? <Button size="small" onClick={onExport}>{t('list.exportSelected')}</Button> : null}
          <button type="button" className="ms-icon-button" onClick={onNone}><Icon name="close" size={14} label={t('list.unselect')} /></button>
        </div>
      ) : null}
      <span className="ms-grow" />
      <span aria-live="polite" className="ms-muted">{data ? t('list.range', { from: count(range.from), to: count(range.to), total: cappedCount(data.count) }) : ''}</span>
      <Select size="small" value={list.state.limit} options={limits.map((value) => ({ value, label: t('list.perPage', { n: value }) }))} onChange={(limit) => list.set({ limit })} popupMatchSelectWidth={false} aria-label={t('list.perPage', { n: list.state.limit })} />
      <div className="ms-pager">
        {list.state.cursor ? <Button size="small" type="text" onClick={list.first}>{t('list.first')}</Button> : null}
        <Button size="small" type="text" disabled={list.pagesBefore === 0} onClick={list.previous} title={`${t('list.previous')} [`} icon={<Icon name="chevronLeft" size={14} label={t('list.previous')} />} />
        <Button size="small" type="text" disabled={!data?.next} onClick={list.next} title={`${t('list.next')} ]`} icon={<Icon name="chevronRight" size={14} label={t('list.next')} />} />
      </div>
    </div>
  )
}
