// 企业预充值: the statement of a day or a month against the orders, each account's entries, the key of the payment platform (INT-27).
import { Button, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListResult } from '../../ui/ListPage.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './prepaid.zh-CN.ts'
import './intake.css'

type Account = OutputOf<'listPrepaidAccounts'>['items'][number]
type Line = OutputOf<'getPrepaidStatement'>['items'][number]

const money = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const yuan = (cents: number): string => money.format(cents / 100)

export default function PrepaidPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const gateway = useQueryOf('getPaymentGateway', {})
  const [keeping, setKeeping] = useState(false)
  const shown = search.get('account')
  const g = gateway.data
  const note = !g ? null : !g.prepaidOn ? t('off') : !g.priced ? t('noPrice') : !g.enabled ? t('noGateway') : null
  return (
    <Page title={t('title')} sub={t('sub')} help="prepaid" acts={<Button onClick={() => setKeeping(true)}>{t('gateway')}</Button>}>
      <div className="ms-stack">
        {note ? <p className="ms-note">{note} <Link to="/admin/settings?q=prepaid">{t('settings')}</Link></p> : null}
        <Statement onOpen={(account) => setSearch({ account })} />
        <Section title={t('accounts')} flush><ListPage<Account> embedded page="prepaidAccounts" title={t('accounts')} columns={columns} rowKey={(row) => row.id} onOpen={(row) => setSearch({ account: row.id })} searchHint={t('searchHint')} searchKey="query" empty={{ text: t('noAccounts'), hint: t('noAccountsHint') }} load={(query, signal) => request<ListResult<Account>>('GET', '/api/prepaid-accounts', query, { signal })} /></Section>
      </div>
      <Drawer open={shown !== null} onClose={() => setSearch({})} title={t('ledger')} size={760} destroyOnHidden>{shown ? <Ledger id={shown} /> : null}</Drawer>
      {g ? <Gateway key={g.version} gateway={g} open={keeping} onClose={() => setKeeping(false)} /> : null}
    </Page>
  )
}

const columns: Column<Account>[] = [
  { key: 'name', title: t('enterprise'), width: 260, wide: true, render: (row) => row.name },
  { key: 'code', title: t('creditCode'), width: 190, render: (row) => <bdi>{row.creditCode}</bdi> },
  { key: 'balance', title: t('balance'), width: 130, align: 'end', render: (row) => (row.low ? <><Tag tone="near">{t('low')}</Tag> {yuan(row.balance)}</> : yuan(row.balance)) },
  { key: 'toppedUp', title: t('toppedUp'), width: 120, align: 'end', render: (row) => yuan(row.toppedUp) },
  { key: 'charges', title: t('charges'), width: 90, align: 'end', render: (row) => row.charges },
  { key: 'charged', title: t('charged'), width: 120, align: 'end', render: (row) => yuan(row.charged) },
  { key: 'last', title: t('last'), width: 130, render: (row) => <Time iso={row.lastAt} /> },
]

function Statement({ onOpen }: { onOpen: (id: string) => void }): ReactElement {
  const [by, setBy] = useState<'month' | 'day'>('month')
  const [on, setOn] = useState('')
  const asked = { by, ...(on ? { on } : {}) }
  const read = useQueryOf('getPrepaidStatement', asked)
  const sheet = (format: 'xlsx' | 'pdf') => void exportSheet('prepaidStatement', asked, ['name', 'period', 'opening', 'toppedUp', 'charges', 'charged', 'closing', 'orders', 'agrees'], format)
  return (
    <Section title={t('statement')} flush extra={<div className="ms-acts"><Button size="small" onClick={() => sheet('xlsx')}>{t('xlsx')}</Button><Button size="small" onClick={() => sheet('pdf')}>{t('pdf')}</Button></div>}>
      <div className="ms-intake-filter"><Segmented value={by} onChange={setBy} options={[{ value: 'month' as const, label: t('month') }, { value: 'day' as const, label: t('day') }]} /><DateInput value={on} placeholder={t('on')} onChange={(next) => setOn(next ?? '')} />{read.data ? <span className="ms-hint">{t('sum', { period: read.data.period, charges: read.data.total.charges, charged: yuan(read.data.total.charged), toppedUp: yuan(read.data.total.toppedUp) })}</span> : null}</div>
      <QueryView query={read}>{({ items }) => (items.length === 0 ? <Empty kind="filter" text={t('noLines')} /> : <ListTable caption={t('statement')} rows={items} rowKey={(line) => line.enterpriseId} onOpen={(line) => onOpen(line.enterpriseId)} columns={lines} />)}</QueryView>
    </Section>
  )
}

const lines: Column<Line>[] = [
  { key: 'name', title: t('enterprise'), width: 220, wide: true, render: (line) => line.name },
  { key: 'opening', title: t('opening'), width: 120, align: 'end', render: (line) => yuan(line.opening) },
  { key: 'toppedUp', title: t('toppedUp'), width: 120, align: 'end', render: (line) => yuan(line.toppedUp) },
  { key: 'charges', title: t('charges'), width: 90, align: 'end', render: (line) => line.charges },
  { key: 'charged', title: t('charged'), width: 120, align: 'end', render: (line) => yuan(line.charged) },
  { key: 'closing', title: t('closing'), width: 120, align: 'end', render: (line) => yuan(line.closing) },
  { key: 'orders', title: t('orders'), width: 130, align: 'end', render: (line) => (line.uncharged > 0 ? t('ordersOf', { n: line.orders, free: line.uncharged }) : line.orders) },
  { key: 'agrees', title: t('agrees'), width: 90, render: (line) => <Tag tone={line.agrees ? 'ok' : 'over'}>{t(line.agrees ? 'yes' : 'no')}</Tag> },
]

function Ledger({ id }: { id: string }): ReactElement {
  const read = useQueryOf('listPrepaidLedger', { id, limit: 200 })
  return (
    <QueryView query={read}>{({ items, count }) => (
      <>
        <ListTable caption={t('ledger')} rows={items} rowKey={(e) => e.id} columns={[
          { key: 'seq', title: t('seq'), width: 60, align: 'end', render: (e) => e.seq }, { key: 'at', title: t('at'), width: 130, render: (e) => <Time iso={e.at} /> }, { key: 'kind', title: t('kind'), width: 130, render: (e) => (e.wayName ? `${e.kindName}（${e.wayName}）` : e.kindName) },
          { key: 'amount', title: t('amount'), width: 110, align: 'end', render: (e) => yuan(e.amount) }, { key: 'balance', title: t('balance'), width: 110, align: 'end', render: (e) => yuan(e.balance) }, { key: 'of', title: t('of'), width: 180, wide: true, render: (e) => e.orderNumber ?? e.noticeId ?? '' },
        ]} />
        {count.value > items.length ? <p className="ms-hint">{t('newest', { n: items.length })}</p> : null}
      </>
    )}</QueryView>
  )
}

function Gateway({ gateway: g, open, onClose }: { gateway: OutputOf<'getPaymentGateway'>; open: boolean; onClose: () => void }): ReactElement {
  const send = useAct('getPaymentGateway')
  return (
    <ActDrawer open={open} onClose={onClose} title={t('gateway')} submitLabel={t('save')} notice={<Facts items={[{ label: t('path'), value: <bdi>{g.path}</bdi> }, { label: t('signed'), value: t('signedHow') }]} />}
      initial={{ algorithm: g.algorithm, enabled: g.enabled }}
      schema={{ type: 'object', required: ['algorithm', ...(g.secretSet ? [] : ['secret'])], properties: {
        algorithm: { type: 'string', title: t('algorithm'), oneOf: [{ const: 'hmac-sm3', title: 'HMAC-SM3' }, { const: 'hmac-sha256', title: 'HMAC-SHA256' }] },
        secret: { type: 'string', title: t('secret'), description: t(g.secretSet ? 'secretKept' : 'secretHint'), maxLength: 200 }, enabled: { type: 'boolean', title: t('accept') },
      } }}
      submit={async (v) => { await send('savePaymentGateway', { algorithm: v.algorithm, secret: typeof v.secret === 'string' ? v.secret : '', enabled: v.enabled === true, version: g.version }); say(t('saved')) }} />
  )
}
