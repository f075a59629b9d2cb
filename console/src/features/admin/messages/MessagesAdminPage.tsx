// Messages: what went out as SMS and by other channels, channels, rules and templates.
import { Segmented } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useSession } from '../../../app/session.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { ChannelsTab } from './ChannelsTab.tsx'
import { DeliveriesTab } from './DeliveriesTab.tsx'
import { RulesTab } from './RulesTab.tsx'
import { TemplatesTab } from './TemplatesTab.tsx'
import { t } from './texts.zh-CN.ts'

type Sms = OutputOf<'listSms'>['items'][number]
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
const tabs = ['outbox', 'deliveries', 'channels', 'rules', 'templates'] as const
type Tab = (typeof tabs)[number]

export default function MessagesAdminPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const offered = tabs.filter((tab) => (tab === 'outbox' ? can('platform.readSms') : can('platform.readDeliveries')))
  const tab: Tab = offered.find((one) => one === search.get('tab')) ?? offered[0] ?? 'outbox'
  const content: Record<Tab, () => ReactElement> = { outbox: () => <Outbox />, deliveries: () => <DeliveriesTab />, channels: () => <ChannelsTab />, rules: () => <RulesTab />, templates: () => <TemplatesTab /> }
  return (
    <Page fill title={t('title')} help="messages" state={<Segmented size="small" value={tab} options={offered.map((value) => ({ value, label: t(value) }))} onChange={(next) => setSearch({ tab: next })} />}
      bar={tab === 'outbox' ? <div className="ms-note"><strong>{t('devTitle')}</strong> {t('devText')}</div> : null}>
      {content[tab]()}
    </Page>
  )
}

function Outbox(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
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
    <div className="ms-split-list" style={{ flex: 1 }}>
      <ListPage<Sms> embedded noSearch page="sms" title={t('outbox')} columns={columns} filters={filters} rowKey={(sms) => sms.id} empty={{ text: t('empty') }} load={(query, signal) => { const { q: _q, sort: _sort, ...rest } = query; return call('listSms', rest, { signal }) }}
        rowActs={can('platform.resendSms') ? (sms) => [{ id: 'resend', label: t('resend'), disabled: sms.state !== 'failed', run: () => void resend(sms) }] : undefined}
        preview={(sms) => <div className="ms-stack"><h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)' }}>{sms.phone}</h2><p className="ms-pre">{textOf(sms)}</p><Facts items={[{ label: t('template'), value: <span className="ms-code">{sms.template}</span> }, { label: t('state'), value: <Tag tone={tones[sms.state]}>{t(sms.state)}</Tag> }, { label: t('attempts'), value: sms.attempts }, { label: t('result'), value: sms.result }, { label: t('created'), value: <Time iso={sms.createdAt} /> }, { label: t('sentAt'), value: <Time iso={sms.sentAt} /> }, { label: t('nextAt'), value: <Time iso={sms.nextAt} /> }]} /></div>} />
    </div>
  )
}
