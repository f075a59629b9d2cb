// What is done with several orders of a list: an event set, a merge.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { OrderRow } from '../orders/order-types.ts'
import { t } from './texts.zh-CN.ts'

type Props = { kind: 'set' | 'merge'; rows: readonly OrderRow[]; onClose: () => void; onDone: () => void }

export function BulkAct({ kind, rows, onClose, onDone }: Props): ReactElement {
  const navigate = useNavigate()
  const client = useQueryClient()
  const after = (path: string) => {
    void client.invalidateQueries({ queryKey: ['listOrders'] })
    onDone()
    void navigate(path)
  }
  const ids = rows.map((row) => row.id)
  const list = <ul className="ms-plain-list">{rows.map((row) => <li key={row.id}><bdi className="ms-code">{row.number}</bdi> {row.title}</li>)}</ul>
  if (kind === 'set')
    return (
      <ActDrawer open onClose={onClose} title={t('create.title')} submitLabel={t('create.submit')} notice={t('create.notice', { n: rows.length })} initial={{ title: rows[0]?.title, core: rows[0]?.title }}
        schema={{
          type: 'object', required: ['title', 'core'],
          properties: { title: { type: 'string', title: t('create.field.title'), maxLength: 80 }, core: { type: 'string', format: 'textarea', title: t('create.field.core'), maxLength: 1000 }, communities: { type: 'string', format: 'textarea', title: t('create.field.communities'), maxLength: 3000 }, people: { type: 'integer', title: t('create.field.people'), minimum: 0 } },
        }}
        submit={async (v) => {
          const set = await call('createEventSet', { title: String(v.title), core: String(v.core), orderIds: ids, communities: typeof v.communities === 'string' ? v.communities.split('\n').map((one) => one.trim()).filter(Boolean) : [], people: typeof v.people === 'number' ? v.people : null })
          after(`/orders/sets/${set.id}`)
        }}>{list}</ActDrawer>
    )
  return (
    <ActDrawer open onClose={onClose} title={t('merge.title')} submitLabel={t('merge.title')} notice={t('merge.notice')} initial={{ leadId: ids[0], send: true }}
      schema={{
        type: 'object', required: ['leadId'],
        properties: { leadId: { type: 'string', title: t('merge.lead'), oneOf: rows.map((row) => ({ const: row.id, title: `${row.number} ${row.title}` })) }, reason: { type: 'string', format: 'textarea', title: t('merge.reason'), maxLength: 300 }, send: { type: 'boolean', title: t('merge.now') } },
      }}
      submit={async (v) => {
        const lead = String(v.leadId)
        const merge = await call('createMerge', { leadId: lead, orderIds: ids.filter((id) => id !== lead), reason: typeof v.reason === 'string' && v.reason ? v.reason : undefined, send: v.send === true })
        after(`/orders/merges/${merge.id}`)
      }} />
  )
}
