// Reports of the reader's reach: what is new stands out; drafts are seen by those who write.
import { Button, Input, Modal, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { grouped } from '../../ui/grouped.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { lastPeriod, runningPeriod } from './cycles.ts'
import { everybody, nobody, ReadersField, type Readers } from './Readers.tsx'
import { t } from './texts.zh-CN.ts'
import './reports.css'

const states = ['draft', 'inReview', 'published', 'unpublished', 'withdrawn'] as const
export const toneOfState = { draft: 'calm', inReview: 'near', published: 'ok', unpublished: 'calm', withdrawn: 'over' } as const

export default function ReportsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const [making, setMaking] = useState(search.get('new'))
  const get = (key: string): string | undefined => search.get(key) ?? undefined
  const set = (key: string, value: string | undefined): void => setSearch((held) => { const next = new URLSearchParams(held); if (value) next.set(key, value); else next.delete(key); if (key === 'kind') next.delete('category'); if (key !== 'cursor') next.delete('cursor'); return next }, { replace: true })
  const [kind, category, state, q, unread, from, to, cursor] = [get('kind'), get('category'), get('state'), get('q'), get('unread'), get('from'), get('to'), get('cursor')]
  const query = useQueryOf('listReports', { ...(kind ? { kind: kind as 'periodic' } : {}), ...(category ? { category } : {}), ...(state ? { state: state as 'draft' } : {}), ...(q ? { q } : {}), ...(unread ? { unread: 'true' } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}), ...(cursor ? { cursor } : {}), limit: 100 }, { keepPrevious: true })
  useTopic('reports', ['listReports'])
  const data = query.data
  return (
    <Page title={t('reports')} acts={<><Link to="/analytics/reports/sheets">{t('sheets')}</Link><Link to="/analytics/reports/circulation">{t('circulation')}</Link>{data?.mayWrite ? <Link to="/analytics/reports/templates">{t('templates')}</Link> : null}{data?.mayManage ? <Link to="/analytics/reports/schedules">{t('schedules')}</Link> : null}{data?.mayWrite ? <Button type="primary" onClick={() => setMaking('')}>{t('new')}</Button> : null}</>} bar={
      <div className="ms-data-bar">
        <Segmented value={kind ?? ''} options={[{ value: '', label: t('kind.all') }, { value: 'periodic', label: t('kind.periodic') }, { value: 'thematic', label: t('kind.thematic') }]} onChange={(value) => set('kind', value)} />
        <Select aria-label={t('category')} style={{ minInlineSize: 150 }} allowClear placeholder={t('category')} value={category} onChange={(value: string | undefined) => set('category', value)} options={[...new Map((data?.categories ?? []).filter((c) => !kind || c.kind === kind).map((c) => [c.category, c.reports])).entries()].map(([value, n]) => ({ value, label: `${value} ${n}` }))} />
        {data?.works ? <Select aria-label={t('state')} style={{ inlineSize: 130 }} value={state ?? ''} onChange={(value: string) => set('state', value)} options={[{ value: '', label: t('anyState') }, ...states.map((value) => ({ value, label: t(`state.${value}`) }))]} /> : null}
        <Input.Search aria-label={t('search')} placeholder={t('search')} allowClear style={{ inlineSize: 220 }} defaultValue={q} onSearch={(value) => set('q', value)} />
        <span className="ms-data-date"><DateInput value={from ?? ''} placeholder={t('periodFrom')} onChange={(value) => set('from', value)} /></span>–<span className="ms-data-date"><DateInput value={to ?? ''} placeholder={t('periodTo')} onChange={(value) => set('to', value)} /></span>
        {data && data.unread > 0 ? <Button type={unread ? 'primary' : 'default'} onClick={() => set('unread', unread ? undefined : '1')}>{t('unreadOnly', { n: data.unread })}</Button> : null}
      </div>
    }>
      <QueryView query={query}>
        {({ items, next }) => items.length === 0 ? <Empty kind="filter" text={t('nothing')} hint={t('nothingHint')} /> : (
          <Section flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('reports')}</caption>
              <thead><tr>{(['name', 'category', 'period', 'state', 'author', 'published'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
              <tbody>{items.map((r) => (
                <tr key={r.id}>
                  <td><Link to={`/analytics/reports/${r.id}`}>{r.unread ? <strong>{r.name}</strong> : r.name}</Link> {r.unread ? <Tag tone="primary">{t('unread')}</Tag> : null}</td>
                  <td>{r.kindName} · {r.category}</td><td>{r.fromDay === r.toDay ? r.fromDay : `${r.fromDay} 至 ${r.toDay}`}</td><td><Tag tone={toneOfState[r.state]}>{r.stateName}</Tag></td><td>{r.createdByName} <Time iso={r.createdAt} /></td><td>{r.publishedAt ? <>{r.publishedByName} <Time iso={r.publishedAt} /></> : '–'}</td>
                </tr>
              ))}</tbody>
            </table>
            {next || cursor ? <div className="ms-row">{cursor ? <Button type="link" onClick={() => set('cursor', undefined)}>{t('newest')}</Button> : null}{next ? <Button type="link" onClick={() => set('cursor', next)}>{t('older')}</Button> : null}</div> : null}
          </Section>
        )}
      </QueryView>
      {making === null ? null : <Making start={making} onClose={() => setMaking(null)} />}
    </Page>
  )
}

function Making({ start, onClose }: { start: string; onClose: () => void }): ReactElement {
  const navigate = useNavigate()
  const send = useAct('listReports')
  const templates = useQueryOf('listReportTemplates', {})
  const [code, setCode] = useState(start || 'monthly')
  const chosen = templates.data?.items.find((one) => one.code === code)
  const [period, setPeriod] = useState(lastPeriod('month'))
  const [name, setName] = useState('')
  const [readers, setReaders] = useState<Readers>(everybody)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const groups = [...grouped((templates.data?.items ?? []).filter((one) => one.state === 'published'), (one) => one.category)]
  const make = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await send('createReport', { template: code, ...period, name, readers })
      say(t('generated'))
      void navigate(`/analytics/reports/${made.id}`)
    } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  return (
    <Modal open title={t('new')} okText={t('generate')} confirmLoading={busy} okButtonProps={{ disabled: !chosen || nobody(readers) }} onOk={() => void make()} onCancel={onClose}>
      <div className="ms-report-form">
        <label className="ms-field"><span className="ms-field-label">{t('chooseTemplate')}</span><Select showSearch={{ optionFilterProp: 'label' }} loading={templates.isPending} value={code} options={groups.map(([label, list]) => ({ label, options: list.map((one) => ({ value: one.code, label: one.name })) }))} onChange={(value: string) => { setCode(value); const one = templates.data?.items.find((x) => x.code === value); if (one) setPeriod(lastPeriod(one.cycle)) }} />{chosen?.description ? <span className="ms-hint">{chosen.description}</span> : null}</label>
        <div className="ms-field">
          <span className="ms-field-label">{t('period')}</span>
          <div className="ms-row"><span className="ms-data-date"><DateInput value={period.from} placeholder={t('from')} onChange={(from) => { if (from) setPeriod({ ...period, from }) }} /></span>–<span className="ms-data-date"><DateInput value={period.to} placeholder={t('to')} onChange={(to) => { if (to) setPeriod({ ...period, to }) }} /></span>{chosen ? <><Button size="small" onClick={() => setPeriod(lastPeriod(chosen.cycle))}>{t('lastPeriod')}</Button><Button size="small" onClick={() => setPeriod(runningPeriod(chosen.cycle))}>{t('runningPeriod')}</Button></> : null}</div>
          {problem ? <span className="ms-data-fault" role="alert">{problem.fields?.[0]?.message ?? problem.title}</span> : null}
        </div>
        <label className="ms-field"><span className="ms-field-label">{t('ownName')}</span><Input value={name} maxLength={60} onChange={(e) => setName(e.target.value)} /></label>
        <ReadersField value={readers} onChange={setReaders} />
      </div>
    </Modal>
  )
}
