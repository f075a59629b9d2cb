// Search of the audit trail by every field it keeps; a row shows old and new values beside the list.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { InputOf, OutputOf } from '../../../api/call.ts'
import { queryString } from '../../../api/http.ts'
import { useSession } from '../../../app/session.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { Facts } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { fromEpoch, instant, parseTyped, whenFull } from '../../../ui/time.ts'
import { userLoader } from '../../orders/pickers.ts'
import { useTenant } from '../parts/TenantChoice.tsx'
import { moduleName } from '../parts/scopes.ts'
import { fieldName, objectName } from './audit-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'searchAudit'>['items'][number]
const kinds = ['login', 'access', 'operation', 'keyData'] as const
const modules = ['platform', 'orders', 'matters', 'intake', 'flow', 'forms', 'callback', 'supervision']

const columns: Column<Row>[] = [
  { key: 'at', title: t('at'), width: 170, render: (row) => <span className="ms-time">{whenFull(row.at).slice(0, 19)}</span> },
  { key: 'actor', title: t('actor'), width: 110, render: (row) => row.actorName || t('system') },
  { key: 'act', title: t('act'), width: 200, render: (row) => row.actName, text: (row) => `${row.actName} ${row.act}` },
  { key: 'kind', title: t('kind'), width: 90, render: (row) => t(`kind_${row.kind}`) },
  { key: 'result', title: t('result'), width: 80, render: (row) => <Tag tone={row.result === 'ok' ? 'ok' : 'over'}>{row.result === 'ok' ? t('ok') : t('refused')}</Tag> },
  { key: 'text', title: t('text'), width: 240, wide: true, render: (row) => row.text },
  { key: 'module', title: t('module'), width: 90, render: (row) => moduleName(row.module) },
  { key: 'object', title: t('object'), width: 160, render: (row) => (row.objectType ? <>{objectName(row.objectType)} <span className="ms-code ms-hint">{row.objectId}</span></> : null), text: (row) => `${row.objectType ?? ''} ${row.objectId ?? ''}` },
  { key: 'ip', title: t('ip'), width: 120, render: (row) => row.ip },
]

const filters: Filter[] = [
  { key: 'period', label: t('period'), kind: 'dates', keys: ['from', 'to'] },
  { key: 'kind', label: t('kind'), kind: 'select', options: kinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) })) },
  { key: 'result', label: t('result'), kind: 'select', options: [{ value: 'ok', label: t('ok') }, { value: 'refused', label: t('refused') }] },
  { key: 'actorId', label: t('actorPick'), kind: 'pick', loader: userLoader() },
  { key: 'module', label: t('module'), kind: 'select', options: modules.map((module) => ({ value: module, label: moduleName(module) })) },
  { key: 'act', label: t('actCode'), kind: 'text' },
  { key: 'objectType', label: t('objectType'), kind: 'text' },
  { key: 'objectId', label: t('objectId'), kind: 'text' },
  { key: 'ip', label: t('ip'), kind: 'text' },
  { key: 'requestId', label: t('requestId'), kind: 'text' },
]

/** Days of the filter as instants: from the first minute to the end of the last day, in the tenant's zone. */
function instants(query: Record<string, unknown>): Record<string, unknown> {
  const at = (value: unknown, clock: string) => (typeof value === 'string' && value ? (parseTyped(`${value} ${clock}`) ?? undefined) : undefined)
  const end = at(query.to, '23:59')
  return { ...query, from: at(query.from, '00:00'), to: end ? fromEpoch(instant(end) + 59_999) : undefined }
}

function auditQuery({ q, sort: _sort, limit: _limit, cursor: _cursor, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...instants(rest), ...(q ? { actor: q } : {}) }
}

export default function AuditPage(): ReactElement {
  const { can } = useSession()
  const { choice, filters: tenantFilters } = useTenant('platform.readAudit')
  const [search] = useSearchParams()
  const exportAddress = `/api/admin/audit/export${queryString(auditQuery(Object.fromEntries([...search].filter(([key]) => ['q', 'tenantId', ...filters.flatMap((filter) => filter.keys ?? [filter.key])].includes(key)))))}`
  return (
    <ListPage<Row> page="audit" title={t('title')} columns={columns} filters={[...filters, ...tenantFilters]} rowKey={(row) => row.id} searchHint={t('search')} help="audit" empty={{ text: t('none') }} preview={(row) => <Detail row={row} />}
      load={(query, signal) => {
        const input: InputOf<'searchAudit'> = { ...auditQuery({ ...query }), limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) }
        return call('searchAudit', input, { signal })
      }}
      acts={<>
        {choice}
        <Link to="/admin/audit/verify"><Button type="text" icon={<Icon name="shield" />}>{t('verify')}</Button></Link>
        {can('platform.exportAudit') ? <Button type="text" icon={<Icon name="download" />} href={exportAddress} download>{t('export')}</Button> : null}
      </>} />
  )
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)
}

/** A change is `{ old, new }`; anything else is shown as it was kept. */
function change(value: unknown): { old: string; new: string } {
  if (typeof value === 'object' && value !== null && ('old' in value || 'new' in value)) return { old: words('old' in value ? value.old : null), new: words('new' in value ? value.new : null) }
  return { old: '', new: words(value) }
}

function Detail({ row }: { row: Row }): ReactElement {
  const changes = Object.entries(row.changes ?? {})
  return (
    <div className="ms-stack">
      <h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)', paddingInlineEnd: 32 }}>{row.actName}</h2>
      <Facts items={[
        { label: t('at'), value: whenFull(row.at) },
        { label: t('actor'), value: [row.actorName || t('system'), row.role].filter(Boolean).join(' · ') },
        { label: t('kind'), value: t(`kind_${row.kind}`) },
        { label: t('result'), value: <Tag tone={row.result === 'ok' ? 'ok' : 'over'}>{row.result === 'ok' ? t('ok') : t('refused')}</Tag> },
        { label: t('module'), value: <>{moduleName(row.module)} <span className="ms-code ms-muted">{row.act}</span></> },
        { label: t('object'), value: row.objectType ? <>{objectName(row.objectType)} <span className="ms-code">{row.objectId}</span></> : null },
        { label: t('text'), value: row.text },
        { label: t('ip'), value: row.ip },
        { label: t('terminal'), value: row.terminal },
        { label: t('requestId'), value: <span className="ms-code">{row.requestId}</span> },
      ]} />
      <h3 style={{ margin: 0 }}>{t('changes')}</h3>
      {changes.length === 0 ? <span className="ms-muted">{t('noChanges')}</span> : (
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('old')}</th><th scope="col">{t('new')}</th></tr></thead>
          <tbody>{changes.map(([field, value]) => { const both = change(value); return <tr key={field}><td title={field}>{fieldName(field)}</td><td className="ms-pre">{both.old}</td><td className="ms-pre">{both.new}</td></tr> })}</tbody>
        </table>
      )}
      <div className="ms-row">
        {row.requestId ? <Link to={`/admin/audit?requestId=${encodeURIComponent(row.requestId)}`}>{t('sameRequest')}</Link> : null}
        {row.objectId ? <Link to={`/admin/audit?objectId=${encodeURIComponent(row.objectId)}`}>{t('sameObject')}</Link> : null}
      </div>
    </div>
  )
}
