// The panel of views: shipped, own and shared ones with their counts; saving, renaming, deleting.
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Form, Input, Modal, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { request } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import type { Problem } from '../api/problem.ts'
import { confirm } from './confirm.tsx'
import { ProblemLine } from './Empty.tsx'
import { Icon } from './icons.tsx'
import type { FilterValues } from './list-state.ts'
import type { ListView, SavedQuery } from './list-types.ts'
import { say } from './notices.ts'
import { cappedCount } from './numbers.ts'
import { t } from './texts.zh-CN.ts'
import type { ListEngine } from './use-list.ts'

type CountOf = (filter: FilterValues, signal: AbortSignal) => Promise<{ value: number; capped: boolean }>
type PanelProps<T> = { page: string; list: ListEngine<T>; countOf?: CountOf; onFold: () => void }

export function ListViews<T>({ page, list, countOf, onFold }: PanelProps<T>): ReactElement {
  const [renaming, setRenaming] = useState<SavedQuery | null>(null)
  const everything: ListView[] = [...list.views, ...list.saved]
  const counts = useQueries({
    queries: everything.map((view) => ({
      queryKey: ['viewCount', page, view.id, view.filter],
      queryFn: ({ signal }: { signal: AbortSignal }) => (countOf ? countOf(view.filter, signal) : Promise.resolve(null)),
      enabled: countOf !== undefined,
      refetchInterval: 60_000,
      staleTime: 30_000,
      retry: false,
    })),
  })
  const countFor = (view: ListView) => counts[everything.indexOf(view)]?.data
  const own = list.saved.filter((view) => !view.shared)
  const shared = list.saved.filter((view) => view.shared)
  const remove = async (view: SavedQuery) => {
    if (!(await confirm({ title: t('list.deleteView'), text: t('list.deleteViewAsk', { name: view.name }), verb: t('list.deleteView'), danger: true }))) return
    try {
      await request('DELETE', '/api/saved-queries/{id}', { id: view.id })
      list.reloadViews()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const item = (view: ListView, menu?: SavedQuery) => (
    <li key={view.id} data-current={list.view?.id === view.id || undefined}>
      <button type="button" className="ms-view" aria-current={list.view?.id === view.id ? 'page' : undefined} onClick={() => list.openView(view)}>
        <span className="ms-view-star" aria-hidden="true">{view.starred ? '★' : ''}</span>
        <span className="ms-ellipsis">{view.name}</span>
        <span className="ms-view-count">{countFor(view) ? cappedCount(countFor(view)) : ''}</span>
      </button>
      {menu && menu.own !== false ? (
        <Dropdown trigger={['click']} menu={{ items: [{ key: 'rename', label: t('list.renameView'), onClick: () => setRenaming(menu) }, { key: 'delete', label: t('list.deleteView'), danger: true, onClick: () => void remove(menu) }] }}>
          <button type="button" className="ms-icon-button"><Icon name="more" size={14} label={`${t('more')} ${view.name}`} /></button>
        </Dropdown>
      ) : null}
    </li>
  )
  return (
    <nav className="ms-views" aria-label={t('list.views')}>
      <div className="ms-views-head">
        <strong>{t('list.views')}</strong>
        <kbd className="ms-kbd">v</kbd>
        <span className="ms-grow" />
        <button type="button" className="ms-icon-button" onClick={onFold}><Icon name="chevronLeft" size={14} label={t('list.foldViews')} /></button>
      </div>
      <ul>{list.views.map((view) => item(view))}</ul>
      {own.length ? <><h3>{t('list.mine')}</h3><ul>{own.map((view) => item(view, view))}</ul></> : null}
      {shared.length ? <><h3>{t('list.shared')}</h3><ul>{shared.map((view) => item(view, view))}</ul></> : null}
      <SaveView page={page} list={list} open={renaming !== null} close={() => setRenaming(null)} rename={renaming} />
    </nav>
  )
}

/** Shown while the conditions differ from the view: 更新视图 or 另存为. */
export function ViewChanges<T>({ page, list }: { page: string; list: ListEngine<T> }): ReactElement {
  const [open, setOpen] = useState(false)
  const saved = list.saved.find((view) => view.id === list.view?.id && view.own !== false)
  const client = useQueryClient()
  const update = async () => {
    if (!saved) return
    try {
      await request('PATCH', '/api/saved-queries/{id}', { id: saved.id, version: saved.version, filter: list.filter, q: list.state.q, sort: list.state.sort, columns: list.layout.columns ?? undefined })
      await client.invalidateQueries({ queryKey: ['savedQueries', page] })
      say(t('list.updateView'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <>
      {list.changed ? <span className="ms-hint">{t('list.changed')}</span> : null}
      {list.changed && saved ? <Button size="small" onClick={() => void update()}>{t('list.updateView')}</Button> : null}
      <Button type="text" onClick={() => setOpen(true)}>{list.changed ? t('list.saveAs') : t('list.saveView')}</Button>
      <SaveView page={page} list={list} open={open} close={() => setOpen(false)} rename={null} />
    </>
  )
}

type SaveProps<T> = { page: string; list: ListEngine<T>; open: boolean; close: () => void; rename: SavedQuery | null }
type SaveForm = { name: string; shared: boolean; starred: boolean }

function SaveView<T>({ page, list, open, close, rename }: SaveProps<T>): ReactElement {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (form: SaveForm) => {
    setBusy(true)
    setProblem(null)
    try {
      if (rename) await request('PATCH', '/api/saved-queries/{id}', { id: rename.id, version: rename.version, ...form })
      else {
        const made = await request<SavedQuery>('POST', '/api/saved-queries', { page, ...form, filter: list.filter, q: list.state.q, sort: list.state.sort, columns: list.layout.columns ?? undefined })
        list.openView(made)
      }
      list.reloadViews()
      close()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open={open} title={rename ? t('list.renameView') : t('list.saveView')} onCancel={close} destroyOnHidden footer={null} width={400}>
      <Form<SaveForm> layout="vertical" initialValues={{ name: rename?.name ?? '', shared: rename?.shared ?? false, starred: rename?.starred ?? false }} onFinish={(form) => void send(form)} requiredMark={false}>
        {problem ? <ProblemLine problem={problem} /> : null}
        <Form.Item name="name" label={t('list.viewName')} rules={[{ required: true, message: t('form.mustFill', { label: t('list.viewName') }) }]}><Input autoFocus maxLength={40} /></Form.Item>
        <Form.Item name="shared" label={t('list.viewShared')} valuePropName="checked" layout="horizontal"><Switch size="small" /></Form.Item>
        <Form.Item name="starred" label={t('list.viewStar')} valuePropName="checked" layout="horizontal"><Switch size="small" /></Form.Item>
        <div className="ms-drawer-foot"><span className="ms-grow" /><Button onClick={close}>{t('cancel')}</Button><Button type="primary" htmlType="submit" loading={busy}>{t('save')}</Button></div>
      </Form>
    </Modal>
  )
}
