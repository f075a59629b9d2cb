// All notices of the online channels in one place (INT-12).
import { useState } from 'react'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, usePagesOf, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { Check } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { when } from '../../kit/time.ts'
import { SignInFirst } from '../orders/OrdersPage.tsx'
import '../orders/orders.css'
import { t } from './texts.zh-CN.ts'

type Message = OutputOf<'listOwnMessages'>['items'][number]
const touched = ['listOwnMessages', 'countOwnMessages'] as const

export default function MessagesPage(): ReactElement {
  const citizen = useCitizen()
  if (citizen === undefined) return <Page title={t('title')}><Skeleton /></Page>
  return citizen === null ? <SignInFirst title={t('title')} /> : <List />
}

function List(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const push = useQueryOf('getPushKinds', {})
  const kind = push.data?.kinds.find((k) => k.kind === search.get('kind'))?.kind
  const pages = usePagesOf('listOwnMessages', { limit: 20, ...(kind ? { kind } : {}) }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const readAll = useCommand('readOwnMessages', { invalidates: [...touched] })
  const unread = pages.data?.pages[0]?.unread ?? 0
  return (
    <Page title={t('title')} intro={t('intro')} state={unread > 0 ? <Button tone="quiet" busy={readAll.isPending} onClick={() => void readAll.mutateAsync({}).catch(() => undefined)}>{t('readAll')}</Button> : null}>
      <div className="k-line" role="group" aria-label={t('filter')}>
        {[{ kind: undefined, name: t('all') }, ...(push.data?.kinds ?? [])].map((k) => <Button key={k.kind ?? 'all'} tone={k.kind === kind ? 'primary' : 'plain'} aria-pressed={k.kind === kind} onClick={() => setSearch(k.kind ? { kind: k.kind } : {}, { replace: true })}>{k.name}</Button>)}
      </div>
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <Empty kind="done" title={t('emptyTitle')} text={t('emptyText')} /> : null}
      <ul className="k-list">{items.map((m) => <li key={m.id}><One message={m} /></li>)}</ul>
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
      {push.data ? <Push kinds={push.data.kinds} /> : null}
    </Page>
  )
}

function One({ message: m }: { message: Message }): ReactElement {
  const read = useCommand('readOwnMessages', { invalidates: [...touched] })
  const remove = useCommand('deleteOwnMessage', { invalidates: [...touched] })
  const seen = () => { if (!m.read) void read.mutateAsync({ ids: [m.id] }).catch(() => undefined) }
  return (
    <Card title={<span className="k-line">{m.link ? <Link to={m.link} onClick={seen}>{m.title}</Link> : m.title}{m.read ? null : <Tag tone="primary">{t('unread')}</Tag>}</span>} extra={<span className="k-hint">{m.kindName} · {when(m.at)}</span>}>
      {m.text && m.text !== m.title ? <p className="k-pre">{m.text}</p> : null}
      <div className="k-line">
        {m.link ? <LinkButton to={m.link} tone="soft">{t('open')}</LinkButton> : null}
        <Button tone="quiet" busy={remove.isPending} aria-label={t('removeOf', { title: m.title })} onClick={() => void remove.mutateAsync({ id: m.id }).catch(() => undefined)}>{t('remove')}</Button>
      </div>
    </Card>
  )
}

function Push({ kinds }: { kinds: OutputOf<'getPushKinds'>['kinds'] }): ReactElement {
  const [off, setOff] = useState(() => kinds.filter((k) => !k.on).map((k) => k.kind))
  const save = useCommand('setPushKinds', { invalidates: ['getPushKinds'] })
  const turn = (kind: (typeof off)[number], on: boolean) => {
    const next = on ? off.filter((k) => k !== kind) : [...off, kind]
    setOff(next)
    void save.mutateAsync({ off: next }).then(() => say(t('saved')), () => undefined)
  }
  return (
    <Card title={t('push')}>
      <p className="k-hint">{t('pushHelp')}</p>
      {save.error ? <Trouble problem={save.error} /> : null}
      {kinds.map((k) => (k.fixed ? <p key={k.kind} className="k-line"><Tag tone="ok" icon="check">{t('fixed')}</Tag>{k.name}</p> : <Check key={k.kind} label={k.name} value={!off.includes(k.kind)} onValue={(on) => turn(k.kind, on)} />))}
    </Card>
  )
}
