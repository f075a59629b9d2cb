// 积分: the balance and what gives points, what they can be spent on, what was redeemed, every entry (INT-28).
import { useState } from 'react'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, usePagesOf, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, Rows, Tag, type Tone } from '../../kit/Blocks.tsx'
import { say, Sheet } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day, when } from '../../kit/time.ts'
import { SignInFirst } from '../orders/OrdersPage.tsx'
import { Redeem } from './Redeem.tsx'
import { t } from './texts.zh-CN.ts'

type Points = OutputOf<'getOwnPoints'>
type Redemption = OutputOf<'listOwnRedemptions'>['items'][number]
const tones: Record<Redemption['state'], Tone> = { placed: 'near', sent: 'primary', delivered: 'ok', done: 'ok', cancelled: 'calm' }

export default function PointsPage(): ReactElement {
  const citizen = useCitizen()
  const read = useQueryOf('getOwnPoints', {}, { enabled: Boolean(citizen) })
  if (citizen === null) return <SignInFirst title={t('title')} />
  if (!read.data) return <Page title={t('title')}>{read.error ? <Trouble problem={read.error} retry={() => void read.refetch()} /> : <Skeleton lines={6} />}</Page>
  if (!read.data.enabled) return <Page title={t('title')}><Empty kind="done" title={t('off')} text={t('offText')}><LinkButton to="/me">{t('back')}</LinkButton></Empty></Page>
  return <Page title={t('title')} wide><div className="p-columns"><div><Balance points={read.data} /><Store /><Redeemed /></div><div><Entries /></div></div></Page>
}

function Balance({ points: p }: { points: Points }): ReactElement {
  return (
    <Card title={t('balance')}>
      <Rows rows={[{ label: t('balance'), value: <strong className="k-num">{t('count', { n: p.balance })}</strong> }, { label: t('today'), value: t('todayOf', { n: p.today, max: p.dailyMax }) }, { label: t('total'), value: t('totals', { earned: p.earned, redeemed: p.redeemed, offset: p.offset }) }, p.rules.length > 0 ? { label: t('rules'), value: p.rules.map((rule) => `${rule.name} ${t('cost', { n: rule.points })}`).join('，') } : null]} />
    </Card>
  )
}

function Store(): ReactElement {
  const read = useQueryOf('listStore', {})
  const [chosen, setChosen] = useState<OutputOf<'listStore'>['items'][number] | null>(null)
  return (
    <Card title={t('store')}>
      {read.isPending ? <Skeleton lines={4} /> : null}
      {read.error ? <Trouble problem={read.error} retry={() => void read.refetch()} /> : null}
      {read.data && read.data.items.length === 0 ? <p className="k-hint">{t('storeNone')}</p> : null}
      {(read.data?.items ?? []).map((item) => (
        <Item key={item.id} title={item.name} end={<Button tone="primary" disabled={!item.may} aria-label={t('redeemOf', { name: item.name })} onClick={() => setChosen(item)}>{t('redeem')}</Button>} meta={[item.kindName, t('cost', { n: item.points }), t('left', { n: item.stock }), item.perPerson > 0 ? t('limit', { n: item.perPerson }) : null, item.untilOn ? t('until', { day: item.untilOn }) : null]}>
          {item.description ? <p className="k-hint">{item.description}</p> : null}
          {item.reason ? <p className="k-hint">{item.reason}</p> : null}
        </Item>
      ))}
      <Sheet open={chosen !== null} title={chosen ? t('redeemOf', { name: chosen.name }) : ''} onClose={() => setChosen(null)}>{chosen ? <Redeem item={chosen} onDone={() => setChosen(null)} /> : null}</Sheet>
    </Card>
  )
}

function Redeemed(): ReactElement {
  const pages = usePagesOf('listOwnRedemptions', { limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const [asked, setAsked] = useState<Redemption | null>(null)
  const drop = useCommand('cancelOwnRedemption', { invalidates: ['listOwnRedemptions', 'listStore', 'getOwnPoints', 'listOwnPoints'] })
  const cancel = () => {
    if (asked) void drop.mutateAsync({ id: asked.id }).then(() => { say(t('dropped')); setAsked(null) }, () => undefined)
  }
  return (
    <Card title={t('mine')}>
      {pages.isPending ? <Skeleton lines={3} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <p className="k-hint">{t('mineNone')}</p> : null}
      {items.map((r) => (
        <Item key={r.id} title={r.pieces > 1 ? `${r.itemName} × ${r.pieces}` : r.itemName} end={<Tag tone={tones[r.state]}>{r.stateName}</Tag>} meta={[t('code', { code: r.code }), t('cost', { n: r.points }), when(r.at)]}>
          {r.tracking ? <p className="k-hint">{t('parcel', { carrier: r.carrier ?? '', tracking: r.tracking })}</p> : null}
          {r.state !== 'cancelled' && r.usageNote ? <p className="k-hint">{r.usageNote}</p> : null}
          {r.reason ? <p className="k-hint">{r.reason}</p> : null}
          {r.mayCancel ? <Button tone="quiet" aria-label={t('dropOf', { name: r.itemName })} onClick={() => setAsked(r)}>{t('drop')}</Button> : null}
        </Item>
      ))}
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
      <Sheet open={asked !== null} title={t('dropOf', { name: asked?.itemName ?? '' })} onClose={() => { setAsked(null); drop.reset() }} footer={<><Button autoFocus onClick={() => setAsked(null)}>{t('keep')}</Button><Button tone="danger" busy={drop.isPending} onClick={cancel}>{t('drop')}</Button></>}>
        {drop.error ? <Trouble problem={drop.error} /> : null}
        <p>{t('dropText')}</p>
      </Sheet>
    </Card>
  )
}

function Entries(): ReactElement {
  const pages = usePagesOf('listOwnPoints', { limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={t('entries')}>
      {pages.isPending ? <Skeleton lines={3} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <p className="k-hint">{t('entriesNone')}</p> : null}
      {items.map((e) => <Item key={e.id} {...(e.orderNumber ? { to: `/orders/${e.orderNumber}` } : {})} title={e.text} end={<span className="k-num">{e.points > 0 ? '+' : ''}{e.points}</span>} meta={[e.kindName, day(e.at), t('after', { n: e.balance })]} />)}
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
    </Card>
  )
}
