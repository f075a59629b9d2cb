// One flow, read-only: its versions, the graph, the same as a list, and what runs on it.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { FlowDrawing } from './FlowDrawing.tsx'
import type { FlowNode, Graph } from './flow-graph.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/parts.css'

type Flow = OutputOf<'showFlow'>
const tones = { draft: 'near', published: 'ok', history: 'calm' } as const

export default function FlowPage(): ReactElement {
  const { key = '' } = useParams()
  const flow = useQueryOf('showFlow', { key })
  return <QueryView query={flow}>{(data) => <View flow={data} />}</QueryView>
}

function View({ flow }: { flow: Flow }): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const version = flow.versions.find((one) => String(one.version) === search.get('version')) ?? flow.versions.find((one) => one.state === 'published') ?? flow.versions[0]
  const permissions = useQueryOf('listPermissions', {}, { enabled: can('platform.readRoles'), staleTime: 600_000 })
  const roles = useQueryOf('listRoles', {}, { enabled: can('platform.readRoles'), staleTime: 600_000 })
  const check = useQuery<OutputOf<'checkFlow'>, Problem>({ queryKey: ['checkFlow', version?.id], queryFn: ({ signal }) => call('checkFlow', { graph: version?.graph ?? { nodes: [], edges: [] } }, { signal }), enabled: version !== undefined })
  const instances = useQueryOf('listFlowInstances', { flow: flow.key, state: 'running', limit: 20 })
  const names = new Map([...(permissions.data?.items ?? []), ...(roles.data?.items ?? [])].map((one) => [one.code, one.name]))
  return (
    <Page title={flow.name} sub={<span className="ms-code">{flow.key}</span>} help="flows" state={version ? <Tag tone={tones[version.state]}>v{version.version} {t(version.state)}</Tag> : null}
      acts={<Select size="small" style={{ inlineSize: 160 }} aria-label={t('versions')} value={version?.version} options={flow.versions.map((one) => ({ value: one.version, label: `${t('choose', { n: one.version })} · ${t(one.state)}` }))} onChange={(next) => setSearch({ version: String(next) })} />}>
      <div><Link to="/admin/flows">{t('back')}</Link></div>
      {version ? (
        <>
          <Section><Facts columns={3} items={[{ label: t('scope'), value: t(`scope_${flow.scope}`) }, { label: t('by'), value: <>{version.createdByName} <Time iso={version.createdAt} /></> }, { label: t('publishedAt'), value: <Time iso={version.publishedAt} /> }, { label: t('versions'), value: t('running', { n: version.running }) }, { label: t('checked'), value: check.data ? (check.data.problems.length ? <span className="ms-field-error">{check.data.problems.map((one) => one.message).join('；')}</span> : <Tag tone="ok" icon="check">{t('checkOk')}</Tag>) : null }]} /></Section>
          <Section title={t('graph')} extra={<span className="ms-hint">{t('graphHint')}</span>}><FlowDrawing graph={version.graph} label={flow.name} /></Section>
          <Section title={t('list')} flush><Steps graph={version.graph} names={names} /></Section>
        </>
      ) : null}
      <Section title={t('instances')} flush={(instances.data?.items.length ?? 0) > 0}>
        <QueryView query={instances}>
          {(data) => (data.items.length === 0 ? <span className="ms-muted">{t('noInstances')}</span> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('title_')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('current')}</th><th scope="col">{t('started')}</th></tr></thead>
              <tbody>{data.items.map((one) => <tr key={one.id}><td>{one.link ? <Link to={one.link}>{one.title}</Link> : one.title}</td><td>{one.applicantName}</td><td>{one.currentName}</td><td><Time iso={one.startedAt} /></td></tr>)}</tbody>
            </table>
          ))}
        </QueryView>
      </Section>
    </Page>
  )
}

function actorText(node: FlowNode, names: ReadonlyMap<string, string>): string {
  if (!node.actor) return '–'
  const { permission, role, unit } = node.actor
  const who = permission ? t('holder', { name: names.get(permission) ?? permission }) : role ? t('role', { name: names.get(role) ?? role }) : ''
  return [t(`unit_${unit}`), who, node.mode === 'all' ? t('mode_all') : '', node.levelUp ? t('levelUp') : '', node.passUp ? t('passUp') : ''].filter(Boolean).join(' · ')
}

function Steps({ graph, names }: { graph: Graph; names: ReadonlyMap<string, string> }): ReactElement {
  const nameOf = (key: string) => graph.nodes.find((node) => node.key === key)?.name ?? key
  return (
    <table className="ms-plain-table">
      <thead><tr><th scope="col">{t('step')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('actor')}</th><th scope="col">{t('limit')}</th><th scope="col">{t('next')}</th></tr></thead>
      <tbody>{graph.nodes.map((node, i) => (
        <tr key={node.key}>
          <td>{i + 1}. {node.name}</td><td>{t(`kind_${node.kind}`)}{node.result ? `（${t(`result_${node.result}`)}）` : ''}</td><td>{actorText(node, names)}</td><td>{node.limitHours ? t('limitHours', { n: node.limitHours }) : '–'}</td>
          <td>{graph.edges.filter((edge) => edge.from === node.key).map((edge) => <div key={`${edge.to}-${edge.outcome}`}>{t(`outcome_${edge.outcome}`)} → {nameOf(edge.to)}{edge.condition ? <span className="ms-hint"> {t('condition', { text: `${edge.condition.variable} ${edge.condition.op} ${String(edge.condition.value)}` })}</span> : null}</div>)}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}
