// 来访来信: unfinished registrations, which may still be deleted, and those submitted, which are orders like any other (ORD-07).
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { confirm } from '../../ui/confirm.tsx'
import { dropDraft } from '../../ui/drafts.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { Flags } from '../orders/columns.tsx'
import { t } from './texts.zh-CN.ts'

type Draft = OutputOf<'listDrafts'>['items'][number]
type Order = OutputOf<'listOrders'>['items'][number]
const kinds = 'visit,letter'
const kindName = (channel: string | null): string => (channel === 'letter' ? t('channel.letter') : t('channel.visit'))

export default function VisitsPage(): ReactElement {
  const navigate = useNavigate()
  const client = useQueryClient()
  const drafts = useQueryOf('listDrafts', { channel: kinds, limit: 50 })
  const orders = useQueryOf('listOrders', { channel: kinds, sort: 'registeredAt', own: 'true', limit: 50 })
  useTopic('orders.list', ['listOrders'])
  const begin = (channel: string) => void navigate(`/desk/visits/register?channel=${channel}`)
  const remove = async (draft: Draft) => {
    if (!(await confirm({ title: t('visits.deleteAsk'), text: t('visits.deleteText', { title: draft.title || t('untitled') }), verb: t('visits.delete'), danger: true }))) return
    try {
      await call('deleteDraft', { id: draft.id })
      dropDraft(`desk-call:${draft.id}`)
      say(t('visits.deleted'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await client.invalidateQueries({ queryKey: ['listDrafts'] })
  }
  const path = (draft: Draft) => `/desk/visits/register?channel=${draft.channel ?? 'visit'}&draft=${draft.id}`
  const draftColumns: Column<Draft>[] = [
    { key: 'kind', title: t('visits.kind'), width: 72, render: (row) => <Tag tone="primary">{kindName(row.channel)}</Tag> },
    { key: 'title', title: t('visits.title'), width: 320, wide: true, text: (row) => row.title, render: (row) => row.title || t('untitled') },
    { key: 'savedAt', title: t('visits.savedAt'), width: 140, render: (row) => <Time iso={row.savedAt} /> },
    { key: 'acts', title: '', width: 140, render: (row) => <span className="ms-row"><Link to={path(row)}>{t('visits.open')}</Link><button type="button" className="ms-link-button" onClick={() => void remove(row)}>{t('visits.delete')}</button></span> },
  ]
  const orderColumns: Column<Order>[] = [
    { key: 'number', title: t('visits.number'), width: 188, render: (row) => <Link className="ms-code" to={`/orders/${row.number}`}><bdi>{row.number}</bdi></Link> },
    { key: 'kind', title: t('visits.kind'), width: 72, render: (row) => row.channelName },
    { key: 'title', title: t('visits.title'), width: 320, wide: true, text: (row) => row.title, render: (row) => <span className="ms-order-title"><span className="ms-ellipsis">{row.title}</span><Flags flags={row.flags} most={2} /></span> },
    { key: 'requester', title: t('visits.requester'), width: 88, render: (row) => row.requesterName },
    { key: 'state', title: t('visits.state'), width: 116, render: (row) => <StateTag state={row.state} round={row.round} /> },
    { key: 'by', title: t('visits.by'), width: 96, render: (row) => row.registeredByName },
    { key: 'at', title: t('visits.registeredAt'), width: 120, render: (row) => <Time iso={row.registeredAt} /> },
  ]
  return (
    <Page title={t('visits')} acts={<><Button onClick={() => begin('letter')}>{t('letterForm')}</Button><Button type="primary" onClick={() => begin('visit')}>{t('visitForm')}</Button></>}>
      <Section title={t('visits.drafts')} flush>
        <QueryView query={drafts}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('visits.noDrafts')} hint={t('visits.noDraftsHint')} /> : <ListTable caption={t('visits.drafts')} rows={items} rowKey={(row) => row.id} columns={draftColumns} onOpen={(row) => void navigate(path(row))} />)}</QueryView>
      </Section>
      <Section title={t('visits.registered')} flush extra={<Link to={`/orders?view=all&channel=visit&channel=letter`}>{t('visits.all')}</Link>}>
        <QueryView query={orders}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('visits.none')} hint={t('visits.noneHint')} /> : <ListTable caption={t('visits.registered')} rows={items} rowKey={(row) => row.id} columns={orderColumns} onOpen={(row) => void navigate(`/orders/${row.number}`)} />)}</QueryView>
      </Section>
    </Page>
  )
}
