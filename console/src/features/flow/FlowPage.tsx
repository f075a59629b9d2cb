// One process: its versions, the drawing of one of them, how long it takes, and who else has one under this key.
import { Button, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { AreaPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import { Canvas, noMarks } from './Canvas.tsx'
import { Changes } from './Changes.tsx'
import type { Flow, Version } from './flow-types.ts'
import { FlowStatistics } from './FlowStatistics.tsx'
import { scopeText } from './FlowsPage.tsx'
import { arrange } from './graph-edit.ts'
import { NodeList } from './NodeList.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { t } from './texts.zh-CN.ts'
import { stateTones } from './tones.ts'
import './flow.css'

export default function FlowPage(): ReactElement {
  const { key = '' } = useParams()
  const flow = useQueryOf('showFlow', { key })
  return <QueryView query={flow}>{(data) => <View key={data.id} flow={data} />}</QueryView>
}

function View({ flow }: { flow: Flow }): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [comparing, setComparing] = useState<Version | null>(null)
  const [retiring, setRetiring] = useState<Version | null>(null)
  const [areaOpen, setAreaOpen] = useState(false)
  const version = flow.versions.find((one) => String(one.version) === search.get('version')) ?? flow.versions.find((one) => one.state === 'published') ?? flow.versions[0]
  const running = flow.versions.find((one) => one.state === 'published')
  const draft = flow.versions.find((one) => one.state === 'draft')
  const may = can('flow.manage')
  const graph = useMemo(() => (version ? arrange(version.graph) : null), [version])
  const open = (one: { id: string }, id = flow.id) => void navigate(`/admin/flows/${id}/draw/${one.id}`)
  const attempt = async (act: () => Promise<unknown>) => {
    setProblem(null)
    try {
      await act()
      await client.invalidateQueries({ queryKey: ['showFlow'] })
      await client.invalidateQueries({ queryKey: ['listFlows'] })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const variant = (areaCode?: string) => attempt(async () => {
    const made = await call('createFlowVariant', { key: flow.key, ...(areaCode ? { areaCode } : {}) })
    open({ id: made.versionId }, made.id)
  })
  return (
    <Page title={flow.name} sub={<span className="ms-code">{flow.key}</span>} help="flows" state={version ? <Tag tone={stateTones[version.state]}>v{version.version} {t(version.state)}</Tag> : null}
      acts={<>
        <Select size="small" style={{ inlineSize: 160 }} aria-label={t('versions')} value={version?.version} options={flow.versions.map((one) => ({ value: one.version, label: `${t('choose', { n: one.version })} · ${t(one.state)}` }))} onChange={(next) => setSearch({ version: String(next) })} />
        {may && flow.editable && draft ? <Button type="primary" onClick={() => open(draft)}>{t('openDraft')}</Button> : null}
        {may && flow.editable && !draft && version ? <Button type="primary" onClick={() => void attempt(async () => open({ id: (await call('createFlowVersion', { key: flow.id, graph: version.graph })).versionId }))}>{t('draw')}</Button> : null}
        {may && !flow.editable && flow.scope !== 'area' ? <Button type="primary" onClick={() => void confirm({ title: t('variant'), text: t('variantText'), verb: t('variant') }).then((yes) => (yes ? variant() : undefined))}>{t('variant')}</Button> : null}
        {may ? <Button onClick={() => setAreaOpen(true)}>{t('variantArea')}</Button> : null}
      </>}>
      <div><Link to="/admin/flows">{t('back')}</Link></div>
      {problem ? <ProblemLine problem={problem} /> : null}
      {flow.editable ? null : <div className="ms-note">{t('notOurs')}</div>}
      <Section><Facts columns={3} items={[
        { label: t('scope'), value: scopeText(flow) }, { label: t('business'), value: [flow.businessType, flow.stage].filter(Boolean).join(' · ') }, { label: t('created'), value: <Time iso={flow.createdAt} /> },
        { label: t('by'), value: version?.createdByName ?? '' }, { label: t('publishedAt'), value: version?.publishedAt ? <>{version.publishedByName ?? ''} <Time iso={version.publishedAt} /></> : '–' }, { label: t('note'), value: version?.note ?? '–' },
      ]} /></Section>
      {graph && version ? (
        <>
          <Section title={t('graph')} extra={<><span className="ms-hint">{t('legend')}</span> <Button size="small" onClick={() => open(version)}>{t('view')}</Button></>}><Canvas key={version.id} graph={graph} marks={noMarks} chosen={null} readOnly label={flow.name} height={320} /></Section>
          <Section title={t('asList')} flush><NodeList graph={graph} readOnly /></Section>
        </>
      ) : null}
      <Section title={t('versions')} flush>
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('versions')}</th><th scope="col">{t('state')}</th><th scope="col">{t('by')}</th><th scope="col">{t('publishedAt')}</th><th scope="col">{t('note')}</th><th scope="col">{t('running_')}</th><th scope="col" /></tr></thead>
          <tbody>{flow.versions.map((one) => (
            <tr key={one.id}>
              <td>v{one.version}</td><td><Tag tone={stateTones[one.state]}>{t(one.state)}</Tag>{one.state === 'scheduled' ? <> <Time iso={one.effectiveAt} /></> : null}</td><td>{one.createdByName} <Time iso={one.createdAt} /></td><td>{one.publishedAt ? <>{one.publishedByName ?? ''} <Time iso={one.publishedAt} /></> : '–'}</td><td>{one.note ?? ''}</td><td>{one.running}</td>
              <td className="ms-row">
                <Button size="small" type="link" onClick={() => open(one)}>{t('view')}</Button>
                {running && running.id !== one.id ? <Button size="small" type="link" onClick={() => setComparing(one)}>{t('compareWith', { n: running.version })}</Button> : null}
                {may && flow.editable && one.state === 'published' ? <Button size="small" type="link" danger onClick={() => setRetiring(one)}>{t('retire')}</Button> : null}
                {may && flow.editable && (one.state === 'draft' || one.state === 'scheduled') ? <Button size="small" type="link" danger onClick={() => void confirm({ title: t('deleteDraft'), text: t('deleteText', { n: one.version }), verb: t('deleteDraft'), danger: true }).then((yes) => (yes ? attempt(async () => { await call('deleteFlowDraft', { id: one.id }); if (flow.versions.length === 1) void navigate('/admin/flows') }) : undefined))}>{t('deleteDraft')}</Button> : null}
              </td>
            </tr>
          ))}</tbody>
        </table>
      </Section>
      {flow.variants.length > 0 ? <Section title={t('variants')}><ul>{flow.variants.map((one) => <li key={one.id}><Link to={`/admin/flows/${one.id}`}>{scopeText(one)}</Link> {one.publishedVersion ? `v${one.publishedVersion}` : t('notPublished')}</li>)}</ul></Section> : null}
      <FlowStatistics id={flow.id} flowKey={flow.key} />
      <Compare version={comparing} running={running} onClose={() => setComparing(null)} />
      <ReasonDialog open={retiring !== null} title={t('retireTitle', { n: retiring?.version ?? 0 })} text={t('retireText')} verb={t('retire')} danger onClose={() => setRetiring(null)} run={(reason) => call('retireFlow', { id: retiring?.id ?? '', reason })} onDone={() => attempt(async () => undefined)} />
      <AreaDialog open={areaOpen} onClose={() => setAreaOpen(false)} onChoose={(code) => void variant(code)} />
    </Page>
  )
}

function Compare({ version, running, onClose }: { version: Version | null; running: Version | undefined; onClose: () => void }): ReactElement {
  const diff = useQueryOf('compareFlowVersions', { id: version?.id ?? '', with: running?.id ?? '' }, { enabled: version !== null && running !== undefined })
  return <Modal open={version !== null} title={t('compareWith', { n: running?.version ?? 0 })} onCancel={onClose} footer={null} width={820} destroyOnHidden>{version ? <QueryView query={diff}>{(data) => <Changes changes={data.changes} />}</QueryView> : null}</Modal>
}

function AreaDialog({ open, onClose, onChoose }: { open: boolean; onClose: () => void; onChoose: (code: string) => void }): ReactElement {
  const [code, setCode] = useState<string | undefined>()
  return (
    <Modal open={open} title={t('variantArea')} onCancel={onClose} destroyOnHidden okText={t('variantArea')} cancelText={t('cancel')} okButtonProps={{ disabled: !code }} onOk={() => { onClose(); if (code) onChoose(code) }}>
      {orderLoaders.area ? <div className="ms-field"><span className="ms-field-label">{t('area')}</span><AreaPicker loader={orderLoaders.area} value={code} onChange={(value) => setCode(typeof value === 'string' ? value : undefined)} /></div> : null}
      <p className="ms-hint">{t('variantText')}</p>
    </Modal>
  )
}
