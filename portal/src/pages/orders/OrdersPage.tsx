// All appeals of the verified mobile, those made by telephone too.
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { usePagesOf } from '../../api/queries.ts'
import { useWechatSignIn } from '../../app/entry.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, PublicStateTag, Tag } from '../../kit/Blocks.tsx'
import { PullToRefresh } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day, daysLeft, when } from '../../kit/time.ts'
import './orders.css'
import { t } from './texts.zh-CN.ts'

export default function OrdersPage(): ReactElement {
  const citizen = useCitizen()
  if (citizen === undefined) return <Page title={t('title')}><Skeleton /></Page>
  if (citizen === null) return <SignInFirst title={t('title')} />
  return <List />
}

export function SignInFirst({ title }: { title: string }): ReactElement {
  useWechatSignIn()
  return (
    <Page title={title} intro={t('signInIntro')}>
      <Card><SignIn /></Card>
      <p><Link className="o-link" to="/query">{t('byCode')}</Link></p>
    </Page>
  )
}

const filters = ['all', 'open', 'done'] as const
type Line = OutputOf<'listOwnOrders'>['items'][number]

function List(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const state = filters.find((f) => f === search.get('state')) ?? 'all'
  const pages = usePagesOf('listOwnOrders', { state, limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <PullToRefresh onRefresh={() => pages.refetch()}>
      <Page title={t('title')} state={<Button tone="quiet" busy={pages.isFetching} onClick={() => void pages.refetch()}>{t('refresh')}</Button>}>
        <div className="o-filter" role="group" aria-label={t('filter')}>
          {filters.map((f) => <button key={f} type="button" aria-pressed={f === state} onClick={() => setSearch(f === 'all' ? {} : { state: f }, { replace: true })}>{t(f)}</button>)}
        </div>
        {pages.isPending ? <Skeleton lines={6} /> : null}
        {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.data && items.length === 0 ? (
          state === 'all' ? <Empty kind="done" title={t('emptyTitle')} text={t('emptyText')}><LinkButton to="/submit" tone="primary">{t('submit')}</LinkButton></Empty> : <Empty kind="filter" title={t('emptyFilter')}><Button onClick={() => setSearch({})}>{t('all')}</Button></Empty>
        ) : null}
        <ul className="k-list">{items.map((o) => <li key={o.number}><OrderLine order={o} /></li>)}</ul>
        {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
      </Page>
    </PullToRefresh>
  )
}

function OrderLine({ order: o }: { order: Line }): ReactElement {
  return (
    <Item
      to={`/orders/${o.number}`} title={o.title} end={<PublicStateTag state={o.state} name={o.stateName} />}
      meta={[o.appealTypeName, t('at', { at: when(o.registeredAt) }), o.unitName ? t('unit', { unit: o.unitName }) : null, o.promisedAt ? t('promised', { day: day(o.promisedAt) }) : null, o.closedAt ? t('closedAt', { at: when(o.closedAt) }) : null]}
    >
      {o.again || o.rateUntil || o.rated ? (
        <div className="k-line">
          {o.again ? <Tag tone="primary" icon="undo">{t('again')}</Tag> : null}
          {o.rateUntil ? <Tag tone="near" icon="star">{t('rate', { n: daysLeft(o.rateUntil) })}</Tag> : null}
          {o.rated ? <Tag tone="ok" icon="check">{t('rated')}</Tag> : null}
        </div>
      ) : null}
    </Item>
  )
}
