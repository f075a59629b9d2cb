// The prepaid account of an enterprise: balance, how to top up, statements and entries. For its administrators only (INT-27).
import { useState } from 'react'
import type { ReactElement } from 'react'
import { usePagesOf, useQueryOf } from '../../api/queries.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Item, Rows, Tag } from '../../kit/Blocks.tsx'
import { Choices } from '../../kit/Fields.tsx'
import { Sheet } from '../../kit/Layers.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import { when } from '../../kit/time.ts'
import { t } from './money-texts.zh-CN.ts'

const money = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const yuan = (cents: number): string => t('yuan', { n: money.format(cents / 100) })

export function Money({ id }: { id: string }): ReactElement | null {
  const read = useQueryOf('getEnterpriseBalance', { id })
  const [shown, setShown] = useState<'ledger' | 'statements' | null>(null)
  const m = read.data
  if (!m?.enabled) return null
  return (
    <>
      <Card title={t('title')} {...(m.low ? { tone: 'near' as const } : {})} extra={m.low ? <Tag tone="near">{t('low')}</Tag> : null}>
        <Rows rows={[{ label: t('balance'), value: <strong className="k-num">{yuan(m.balance)}</strong> }, m.price > 0 ? { label: t('price'), value: t('each', { price: yuan(m.price) }) } : null, m.how ? { label: t('how'), value: m.how } : null]} />
        <p className="k-hint">{t(m.blocks ? 'blocks' : 'warns')}</p>
        <div className="p-two"><Button onClick={() => setShown('ledger')}>{t('ledger')}</Button><Button onClick={() => setShown('statements')}>{t('statements')}</Button></div>
      </Card>
      <Sheet open={shown !== null} title={shown ? t(shown) : ''} onClose={() => setShown(null)}>{shown === 'ledger' ? <Ledger id={id} /> : shown === 'statements' ? <Statements id={id} /> : null}</Sheet>
    </>
  )
}

function Ledger({ id }: { id: string }): ReactElement {
  const pages = usePagesOf('listEnterpriseLedger', { id, limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (pages.isPending) return <Skeleton lines={4} />
  if (pages.error && items.length === 0) return <Trouble problem={pages.error} retry={() => void pages.refetch()} />
  if (items.length === 0) return <p className="k-hint">{t('none')}</p>
  return (
    <div className="k-stack">
      {items.map((e) => <Item key={e.id} {...(e.orderNumber ? { to: `/orders/${e.orderNumber}` } : {})} title={`${e.kindName}${e.wayName ? `（${e.wayName}）` : ''}`} end={<span className="k-num">{e.amount > 0 ? '+' : ''}{yuan(e.amount)}</span>} meta={[when(e.at), e.orderNumber ?? e.noticeId, t('after', { balance: yuan(e.balance) })]} />)}
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
      <p><a href={`/api/public/enterprises/${id}/ledger/export`}>{t('download')}</a></p>
    </div>
  )
}

function Statements({ id }: { id: string }): ReactElement {
  const [by, setBy] = useState<'month' | 'day'>('month')
  const read = useQueryOf('listEnterpriseStatements', { id, by })
  return (
    <div className="k-stack">
      <Choices name="by" label={t('by')} columns options={[{ value: 'month', label: t('month') }, { value: 'day', label: t('day') }]} value={by} onValue={setBy} />
      {read.isPending ? <Skeleton lines={4} /> : null}
      {read.error ? <Trouble problem={read.error} retry={() => void read.refetch()} /> : null}
      {read.data && read.data.items.length === 0 ? <p className="k-hint">{t('none')}</p> : null}
      {(read.data?.items ?? []).map((s) => (
        <Item key={s.period} title={s.period} end={<Tag tone={s.agrees ? 'ok' : 'over'}>{t(s.agrees ? 'agrees' : 'differs')}</Tag>} meta={[t('charged', { n: s.charges, sum: yuan(s.charged) }), s.toppedUp > 0 ? t('toppedUp', { sum: yuan(s.toppedUp) }) : null, s.uncharged > 0 ? t('uncharged', { n: s.uncharged }) : null]}>
          <p className="k-hint">{t('from', { opening: yuan(s.opening), closing: yuan(s.closing) })}</p>
        </Item>
      ))}
    </div>
  )
}
