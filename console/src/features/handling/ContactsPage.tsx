// 联系记录: contacts and failed attempts, promises of a reply, and the rates of units.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fromEpoch, now } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import { closePromiseForm } from './row-forms.tsx'
import type { ContactRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<ContactRow>('/api/order-contacts')
const methodName = (method: string): string => (method === 'phone' || method === 'visit' || method === 'message' ? t(`contact.${method}`) : t('contact.other'))
export const PromiseTag = ({ row }: { row: ContactRow }): ReactElement | null =>
  row.promiseState === null ? null : row.promiseState === 'kept' ? <Tag tone="ok">{t('contact.promiseKept')}</Tag> : row.promiseState === 'broken' ? <Tag tone="over">{t('contact.promiseBroken')}</Tag> : <Tag tone={row.promiseOverdue ? 'over' : 'near'}>{row.promiseOverdue ? t('contact.promiseLate') : t('contact.promiseOpen')}</Tag>
const columns: Column<ContactRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'unit', title: t('col.unit'), width: 132, render: (row) => row.unitName },
  { key: 'method', title: t('col.method'), width: 64, render: (row) => methodName(row.method) },
  { key: 'outcome', title: t('col.outcome'), width: 80, render: (row) => <Tag tone={row.outcome === 'reached' ? 'ok' : 'near'}>{t(`contact.${row.outcome}`)}</Tag> },
  { key: 'met', title: t('col.met'), width: 56, render: (row) => (row.met ? t('yes') : t('no')) },
  { key: 'promise', title: t('col.promise'), width: 100, render: (row) => <><PromiseTag row={row} /> {row.promisedAt ? <Time iso={row.promisedAt} /> : null}</> },
  { key: 'by', title: t('col.by'), width: 72, render: (row) => row.recordedByName },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.contactedAt} /> },
  { key: 'note', title: t('note'), width: 180, render: (row) => row.note, hidden: true },
]
const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)}%`)

export default function ContactsPage(): ReactElement {
  const [acting, setActing] = useState<ContactRow | null>(null)
  const [rates, setRates] = useState(false)
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'met', label: t('col.met'), kind: 'boolean' }, { key: 'at', label: t('col.at'), kind: 'dates', keys: ['from', 'to'], instants: true }], [])
  const views = useMemo((): ListView[] => [
    { id: 'all', name: t('view.all'), filter: {} }, { id: 'failed', name: t('view.failed'), filter: { outcome: ['notReached'] } }, { id: 'promiseOpen', name: t('view.promiseOpen'), filter: { promise: ['open'] } }, { id: 'promiseLate', name: t('view.promiseLate'), filter: { promise: ['overdue'] } },
  ], [])
  return (
    <>
      <ListPage<ContactRow> page="handlingContacts" noSearch title={t('contacts')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={<button type="button" className="ms-link-button" onClick={() => setRates(true)}>{t('contact.rates')}</button>} rowActs={(row) => (row.mayClosePromise ? [{ id: 'close', label: t('contact.close'), run: () => setActing(row) }] : [])} empty={{ text: t('none') }} />
      {acting ? <RowAct form={closePromiseForm(acting)} draftKey={`contact:${acting.id}`} onClose={() => setActing(null)} /> : null}
      <Drawer open={rates} size={720} onClose={() => setRates(false)} title={<span className="ms-row">{t('contact.rates')}<span className="ms-muted" style={{ fontWeight: 400 }}>{t('contact.range')}</span></span>} destroyOnHidden>{rates ? <Rates /> : null}</Drawer>
    </>
  )
}

const day = 86_400_000

function Rates(): ReactElement {
  const [range] = useState(() => ({ from: fromEpoch(now() - 30 * day), to: fromEpoch(now() + day) }))
  const query = useQueryOf('contactRates', range)
  return (
    <QueryView query={query}>
      {({ items }) => (
        <div className="ms-stack">
          <span className="ms-hint">{t('contact.ratesNote')}</span>
          <ListTable caption={t('contact.rates')} rows={items} rowKey={(row) => row.unitId} columns={[
            { key: 'unit', title: t('col.unit'), width: 180, wide: true, render: (row) => row.unitName }, { key: 'orders', title: t('col.orders'), width: 72, align: 'end', render: (row) => row.orders }, { key: 'rate', title: t('col.rate'), width: 88, align: 'end', render: (row) => percent(row.contactRate) },
            { key: 'meet', title: t('col.meetRate'), width: 88, align: 'end', render: (row) => percent(row.meetingRate) }, { key: 'vain', title: t('col.vain'), width: 88, align: 'end', render: (row) => row.triedInVain }, { key: 'attempts', title: t('col.attempts'), width: 88, align: 'end', render: (row) => row.attempts },
          ]} />
        </div>
      )}
    </QueryView>
  )
}
