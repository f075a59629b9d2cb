// What would have gone out as SMS, with a plain word about where it is, and the types of in-house messages.
import { Segmented } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { ListTable } from '../../../ui/ListTable.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { moduleName } from '../parts/scopes.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/parts.css'

type Sms = OutputOf<'listSms'>['items'][number]
type MessageType = OutputOf<'listMessageTypes'>['items'][number]
const tones = { queued: 'near', sent: 'ok', failed: 'over' } as const
const textOf = (sms: Sms): ReactElement | string => (sms.hidden ? <span className="ms-hint">{t('hidden')}</span> : sms.text)

const columns: Column<Sms>[] = [
  { key: 'created', title: t('created'), width: 130, render: (sms) => <Time iso={sms.createdAt} /> },
  { key: 'phone', title: t('phone'), width: 130, render: (sms) => sms.phone },
  { key: 'text', title: t('text'), width: 420, wide: true, render: textOf, text: (sms) => (sms.hidden ? '' : sms.text) },
  { key: 'template', title: t('template'), width: 150, render: (sms) => <span className="ms-code">{sms.template}</span>, hidden: true },
  { key: 'state', title: t('state'), width: 80, render: (sms) => <Tag tone={tones[sms.state]}>{t(sms.state)}</Tag> },
  { key: 'attempts', title: t('attempts'), width: 60, align: 'end', render: (sms) => sms.attempts },
  { key: 'result', title: t('result'), width: 190, render: (sms) => sms.result },
]
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'select', options: (['queued', 'sent', 'failed'] as const).map((state) => ({ value: state, label: t(state) })) }, { key: 'objectId', label: t('object'), kind: 'text' }]
const typeColumns: Column<MessageType>[] = [
  { key: 'number', title: t('number'), width: 80, render: (type) => type.number }, { key: 'name', title: t('name'), width: 220, wide: true, render: (type) => type.name }, { key: 'module', title: t('module'), width: 120, render: (type) => moduleName(type.module) }, { key: 'code', title: t('code'), width: 240, render: (type) => <span className="ms-code">{type.code}</span> },
]

export default function MessagesAdminPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const types = search.get('tab') === 'types'
  const list = useQueryOf('listMessageTypes', {}, { enabled: types })
  const resend = async (sms: Sms) => {
    try {
      await call('resendSms', { id: sms.id })
      say(t('resent'))
      await client.invalidateQueries({ queryKey: ['list', 'sms'] })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Page fill title={t('title')} help="messages" state={<Segmented size="small" value={types ? 'types' : 'outbox'} options={[{ value: 'outbox', label: t('outbox') }, { value: 'types', label: t('types') }]} onChange={(next) => setSearch(next === 'types' ? { tab: 'types' } : {})} />}
      bar={types ? null : <div className="ms-note"><strong>{t('devTitle')}</strong> {t('devText')}</div>}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        {types ? <QueryView query={list}>{(data) => <ListTable columns={typeColumns} rows={data.items} rowKey={(type) => type.code} caption={t('types')} />}</QueryView> : (
          <ListPage<Sms> embedded noSearch page="sms" title={t('outbox')} columns={columns} filters={filters} rowKey={(sms) => sms.id} empty={{ text: t('empty') }} load={(query, signal) => { const { q: _q, sort: _sort, ...rest } = query; return call('listSms', rest, { signal }) }}
            rowActs={can('platform.resendSms') ? (sms) => [{ id: 'resend', label: t('resend'), disabled: sms.state === 'queued', run: () => void resend(sms) }] : undefined}
            preview={(sms) => <div className="ms-stack"><h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)' }}>{sms.phone}</h2><p className="ms-pre">{textOf(sms)}</p><Facts items={[{ label: t('template'), value: <span className="ms-code">{sms.template}</span> }, { label: t('state'), value: <Tag tone={tones[sms.state]}>{t(sms.state)}</Tag> }, { label: t('attempts'), value: sms.attempts }, { label: t('result'), value: sms.result }, { label: t('created'), value: <Time iso={sms.createdAt} /> }, { label: t('sentAt'), value: <Time iso={sms.sentAt} /> }, { label: t('nextAt'), value: <Time iso={sms.nextAt} /> }]} /></div>} />
        )}
      </div>
    </Page>
  )
}
