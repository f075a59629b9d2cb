import { Button, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { AreaPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import { emptyGraph } from './graph-edit.ts'
import { Field } from './NodePanel.tsx'
import { t } from './texts.zh-CN.ts'

type Flow = OutputOf<'listFlows'>['items'][number]
export const scopeText = (flow: Pick<Flow, 'scope' | 'tenantName' | 'areaName'>): string => (flow.scope === 'deployment' ? t('scope_deployment') : flow.scope === 'tenant' ? t('scope_tenant', { name: flow.tenantName ?? '' }) : t('scope_area', { name: flow.areaName ?? '' }))

const columns: Column<Flow>[] = [
  { key: 'name', title: t('name'), width: 220, wide: true, render: (flow) => flow.name },
  { key: 'key', title: t('key'), width: 240, render: (flow) => <span className="ms-code">{flow.key}</span> },
  { key: 'business', title: t('business'), width: 180, render: (flow) => [flow.businessType, flow.stage].filter(Boolean).join(' · ') },
  { key: 'scope', title: t('scope'), width: 160, render: scopeText },
  { key: 'version', title: t('version'), width: 100, render: (flow) => (flow.publishedVersion ? <Tag tone="ok">v{flow.publishedVersion}</Tag> : <Tag tone="calm">{t('notPublished')}</Tag>) },
  { key: 'nodes', title: t('nodes'), width: 70, align: 'end', render: (flow) => flow.nodeCount },
  { key: 'created', title: t('created'), width: 140, render: (flow) => <Time iso={flow.createdAt} /> },
]

export default function FlowsPage(): ReactElement {
  const navigate = useNavigate()
  const { can } = useSession()
  const [typed, setTyped] = useState('')
  const [creating, setCreating] = useState(false)
  const flows = useQueryOf('listFlows', {})
  const shown = (flows.data?.items ?? []).filter((flow) => `${flow.name}${flow.key}`.includes(typed.trim()))
  return (
    <Page fill title={t('title')} help="flows" state={<span className="ms-muted">{flows.data ? t('count', { n: flows.data.items.length }) : ''}</span>}
      acts={<>
        <Input allowClear style={{ inlineSize: 220 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => setTyped(e.target.value)} />
        <Button onClick={() => void navigate('/admin/flow-instances')}>{t('monitor')}</Button>
        {can('flow.manage') ? <Button type="primary" onClick={() => setCreating(true)}>{t('create')}</Button> : null}
      </>}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <QueryView query={flows}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : shown.length === 0 ? <Empty kind="filter" action={{ label: t('title'), run: () => setTyped('') }} /> : <ListTable columns={columns} rows={shown} rowKey={(flow) => flow.id} caption={t('title')} density="standard" onOpen={(flow) => void navigate(`/admin/flows/${flow.id}`)} />)}</QueryView>
      </div>
      <Modal open={creating} title={t('createTitle')} onCancel={() => setCreating(false)} footer={null} destroyOnHidden width={520}>{creating ? <Create onClose={() => setCreating(false)} onDone={(id, version) => void navigate(`/admin/flows/${id}/draw/${version}`)} /> : null}</Modal>
    </Page>
  )
}

function Create({ onClose, onDone }: { onClose: () => void; onDone: (id: string, version: string) => void }): ReactElement {
  const [form, setForm] = useState({ name: '', key: '', businessType: '', stage: '', areaCode: '' })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const error = (path: string) => problem?.fields.find((one) => one.path === path)?.message
  const go = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await call('createFlow', { name: form.name.trim(), key: form.key.trim(), businessType: form.businessType.trim(), ...(form.stage.trim() ? { stage: form.stage.trim() } : {}), ...(form.areaCode ? { areaCode: form.areaCode } : {}), graph: emptyGraph() })
      onDone(made.id, made.versionId)
    } catch (failed) {
      setProblem(asProblem(failed))
    } finally {
      setBusy(false)
    }
  }
  const row = (name: 'name' | 'key' | 'businessType' | 'stage', label: string, hint?: string) => (
    <Field label={label} {...(hint ? { hint } : {})}><Input value={form[name]} status={error(name) ? 'error' : ''} maxLength={60} onChange={(e) => set({ [name]: e.target.value })} />{error(name) ? <span className="ms-field-error">{error(name)}</span> : null}</Field>
  )
  return (
    <form className="ms-stack" onSubmit={(event) => { event.preventDefault(); void go() }}>
      {problem ? <ProblemLine problem={problem} /> : null}
      <span className="ms-hint">{t('createText')}</span>
      {row('name', t('name'), t('nameHint'))}
      {row('key', t('key'), t('keyHint'))}
      {row('businessType', t('business'))}
      {row('stage', t('stage'))}
      {orderLoaders.area ? <div className="ms-field"><span className="ms-field-label">{t('area')}</span><AreaPicker loader={orderLoaders.area} value={form.areaCode || undefined} placeholder={t('areaHint')} onChange={(value) => set({ areaCode: typeof value === 'string' ? value : '' })} /></div> : null}
      <div className="ms-row" style={{ justifyContent: 'flex-end' }}><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" htmlType="submit" loading={busy} disabled={!form.name.trim() || !form.key.trim() || !form.businessType.trim()}>{t('create')}</Button></div>
    </form>
  )
}
