// Matters issued downward: what came from above and waits for us, and how far those below are.
import { Button, Dropdown, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { areaLoader, matterLoader, unitLoader } from '../../orders/pickers.ts'
import { Difference } from '../parts/Difference.tsx'
import { durationText } from '../parts/standard.tsx'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'

type Issue = OutputOf<'listMatterIssues'>['items'][number]
type Act = 'accept' | 'refuse' | 'assign' | 'complete' | 'recall'
const acts: Act[] = ['accept', 'refuse', 'assign', 'complete', 'recall']
const states = ['issued', 'accepted', 'refused', 'assigned', 'completed', 'recalled'] as const
const tones = { issued: 'near', accepted: 'primary', refused: 'over', assigned: 'primary', completed: 'ok', recalled: 'calm' } as const
const loaders = { matter: matterLoader(), unit: unitLoader(), area: areaLoader }
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'multi', options: states.map((state) => ({ value: state, label: t(`state_${state}`) })) }, { key: 'matterId', label: t('matter'), kind: 'pick', loader: loaders.matter }]

const schemas: Record<Act, FormSchema> = {
  accept: { type: 'object', properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 1000 } } },
  refuse: { type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 1000 } } },
  recall: { type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 1000 } } },
  assign: { type: 'object', required: ['leadUnit', 'areaCode'], properties: { leadUnit: { type: 'string', format: 'unit', title: t('leadUnit') }, assistUnits: { type: 'array', format: 'unit', title: t('assistUnits') }, areaCode: { type: 'string', format: 'area', title: t('area') }, boundary: { type: 'string', format: 'textarea', title: t('boundary'), maxLength: 2000 } } },
  complete: {
    type: 'object',
    properties: {
      rules: { type: 'string', format: 'textarea', title: t('rules'), maxLength: 4000 }, materials: { type: 'string', format: 'textarea', title: t('materials'), maxLength: 4000 }, flow: { type: 'string', format: 'textarea', title: t('flow'), maxLength: 4000 }, contacts: { type: 'string', title: t('contacts'), maxLength: 500 },
      days: { type: 'number', title: t('duration'), description: t('durationHint'), minimum: 0.5, maximum: 365 },
    },
  },
}

function inputOf(act: Act, values: FormValue): Record<string, unknown> {
  if (act === 'assign') {
    const { leadUnit, assistUnits, areaCode, boundary } = values
    const assisting: unknown[] = Array.isArray(assistUnits) ? assistUnits : []
    return { units: [{ unitId: leadUnit, role: 'lead', areaCode, ...(boundary ? { boundary } : {}) }, ...assisting.map((unitId) => ({ unitId, role: 'assist', areaCode }))] }
  }
  if (act !== 'complete') return values
  const { days, ...content } = values
  return { content: { ...content, ...(typeof days === 'number' ? { duration: { amount: days, unit: 'workingDays' } } : {}) } }
}

export default function IssuesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const [issuing, setIssuing] = useState(false)
  const [doing, setDoing] = useState<{ act: Act; issue: Issue } | null>(null)
  const sent = search.get('direction') === 'sent'
  const send = useAct(...standardQueries)
  const targets = useQueryOf('matterIssueTargets', {}, { enabled: can('matters.issue'), staleTime: 300_000 })
  const columns: Column<Issue>[] = [
    { key: 'matter', title: t('matter'), width: 260, wide: true, render: (row) => <Link to={`/matters/items/${encodeURIComponent(row.matterCode)}`}>{row.matterName}</Link>, text: (row) => `${row.matterName} ${row.matterCode}` },
    { key: 'tenant', title: t('tenant'), width: 200, render: (row) => row.tenantName },
    { key: 'state', title: t('state'), width: 170, render: (row) => <span className="ms-row" style={{ gap: 4, flexWrap: 'nowrap' }}><Tag tone={tones[row.state]}>{row.stateName}</Tag>{row.overdue ? <Tag tone="over">{t('overdue')}</Tag> : null}</span> },
    { key: 'due', title: t('due'), width: 110, render: (row) => row.dueOn },
    { key: 'note', title: t('reason'), width: 240, render: (row) => (row.outdated && row.state === 'completed' ? <span style={{ color: 'var(--ms-near-text)' }}>{t('outdated')}</span> : row.reason ?? ([row.content.contacts, row.content.duration ? durationText(row.content.duration) : ''].filter(Boolean).join(' · ') || null)) },
    { key: 'issuedAt', title: t('issuedAt'), width: 150, render: (row) => <><Time iso={row.issuedAt} /></> },
    { key: 'acts', title: '', width: 110, export: false, render: (row) => <Acts issue={row} onAct={(act) => setDoing({ act, issue: row })} /> },
  ]
  return (
    <Page fill title={t('title')} help="issues" state={<Segmented size="small" value={sent ? 'sent' : 'received'} options={[{ value: 'received', label: t('received') }, { value: 'sent', label: t('sent') }]} onChange={(next) => setSearch(next === 'sent' ? { direction: 'sent' } : {})} />}
      acts={can('matters.issue') && targets.data?.items.length ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setIssuing(true)}>{t('issue')}</Button> : null}>
      {sent ? <Progress /> : null}
      <div className="ms-split-list" style={{ flex: 1 }}>
        <ListPage<Issue> key={sent ? 'sent' : 'received'} embedded page="matterIssues" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} topic="matters.standard" empty={{ text: t('empty') }}
          load={(query, signal) => { const { q: _q, sort: _sort, ...rest } = query; return call('listMatterIssues', { ...rest, direction: sent ? 'sent' : 'received' }, { signal }) }} />
      </div>
      <ActDrawer open={issuing} onClose={() => setIssuing(false)} title={t('issueTitle')} notice={t('issueHint')} loaders={loaders} submitLabel={t('issue')}
        schema={{ type: 'object', required: ['matterIds', 'tenantIds'], properties: { matterIds: { type: 'array', format: 'matter', title: t('matters') }, tenantIds: { type: 'array', title: t('tenants'), items: { oneOf: (targets.data?.items ?? []).map((one) => ({ const: one.id, title: one.name })) } }, dueOn: { type: 'string', format: 'date', title: t('dueOn') } } }}
        submit={async (values) => {
          const { issued, skipped } = await send('issueMatters', values)
          say(skipped.length ? t('issuedSkipped', { n: issued, m: skipped.length, why: skipped.slice(0, 3).map((one) => `${one.matterName}（${one.reason}）`).join('、') }) : t('issued', { n: issued }), skipped.length ? 'over' : 'ok')
          setSearch({ direction: 'sent' })
        }} />
      {doing ? (
        <ActDrawer open onClose={() => setDoing(null)} title={t(doing.act)} sub={doing.issue.matterName} notice={doing.act === 'assign' ? t('assignHint') : doing.act === 'complete' ? t('localHint') : undefined} loaders={loaders} submitLabel={t(doing.act)} schema={schemas[doing.act]}
          initial={doing.act === 'complete' ? Object.fromEntries(Object.entries({ rules: doing.issue.content.rules, materials: doing.issue.content.materials, flow: doing.issue.content.flow, contacts: doing.issue.content.contacts, days: doing.issue.content.duration?.amount }).filter(([, value]) => value !== undefined)) : undefined}
          submit={async (values) => { await send('actOnMatterIssue', { ...inputOf(doing.act, values), id: doing.issue.id, act: doing.act }); say(t('done')) }} onDone={() => setDoing(null)}>
          {doing.act === 'complete' && doing.issue.outdated ? <Changed issue={doing.issue} /> : null}
        </ActDrawer>
      ) : null}
    </Page>
  )
}

/** What is new above since this tenant last confirmed: it is taken over by confirming again. */
function Changed({ issue }: { issue: Issue }): ReactElement {
  const difference = useQueryOf('compareMatterVersions', { kind: 'matter', id: issue.matterId, version: issue.currentVersion, with: issue.confirmedVersion })
  return <Section flush title={t('changed', { from: issue.confirmedVersion, to: issue.currentVersion })}><QueryView query={difference}>{(data) => <Difference rows={data.difference.filter((row) => row.changed)} />}</QueryView></Section>
}

function Acts({ issue, onAct }: { issue: Issue; onAct: (act: Act) => void }): ReactElement | null {
  const possible = acts.filter((act) => issue.acts.some((one) => one.act === act && one.enabled))
  const [first, ...others] = possible
  if (!first) return null
  return (
    <span className="ms-row" style={{ gap: 4, flexWrap: 'nowrap' }}>
      <Button size="small" onClick={(event) => { event.stopPropagation(); onAct(first) }}>{t(first)}</Button>
      {others.length ? <Dropdown trigger={['click']} menu={{ items: others.map((act) => ({ key: act, label: t(act), onClick: ({ domEvent }) => { domEvent.stopPropagation(); onAct(act) } })) }}><Button size="small" type="text" icon={<Icon name="more" size={14} label={t('decided')} />} onClick={(event) => event.stopPropagation()} /></Dropdown> : null}
    </span>
  )
}

function Progress(): ReactElement | null {
  const progress = useQueryOf('matterIssueProgress', {})
  if (!progress.data?.items.length) return null
  return (
    <Section flush title={t('progress')}>
      <table className="ms-plain-table">
        <thead><tr><th scope="col">{t('tenant')}</th>{states.map((state) => <th key={state} scope="col" className="ms-num">{t(`state_${state}`)}</th>)}<th scope="col" className="ms-num">{t('overdue')}</th></tr></thead>
        <tbody>{progress.data.items.map((one) => <tr key={one.tenantId}><td>{one.tenantName}</td>{states.map((state) => <td key={state} className="ms-num">{one.counts[state] ?? 0}</td>)}<td className="ms-num">{one.overdue}</td></tr>)}</tbody>
      </table>
    </Section>
  )
}
