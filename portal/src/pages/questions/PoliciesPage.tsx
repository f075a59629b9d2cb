// Policies for whoever reads: what names his group and what he follows first; what he follows stays on the device.
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Item, Tag } from '../../kit/Blocks.tsx'
import { Button } from '../../kit/Button.tsx'
import { device, readValue, writeValue } from '../../kit/device-store.ts'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import './questions.css'
import { SearchForm } from './SearchForm.tsx'
import { t } from './texts.zh-CN.ts'

const KEY = 'ms.interests'
const isWords = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')

export default function PoliciesPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const query = search.get('q') ?? ''
  const [interests, setInterests] = useState(() => readValue(KEY, isWords) ?? [])
  const found = useQueryOf('findPolicies', { query, interests }, { staleTime: 30_000 })
  const vote = useCommand('voteQuestion', { invalidates: ['findPolicies'] })
  const follow = (name: string) => {
    const next = interests.includes(name) ? interests.filter((one) => one !== name) : [...interests, name].slice(-20)
    setInterests(next)
    writeValue(KEY, next.length > 0 ? next : null)
  }
  const like = (id: string) => void vote.mutateAsync({ id, useful: true, device: device() }).then(() => say(t('voted')), () => undefined)
  const { data } = found
  return (
    <Page title={t('policies')} intro={t('policiesIntro')}>
      <SearchForm key={query} initial={query} onSearch={(q) => setSearch(q ? { q } : {})} />
      {data && data.categories.length > 0 ? <div className="k-line" role="group" aria-label={t('follow')}><span className="k-hint">{t('follow')}</span>{data.categories.map((name) => <Button key={name} tone={interests.includes(name) ? 'primary' : 'plain'} aria-pressed={interests.includes(name)} onClick={() => follow(name)}>{name}</Button>)}</div> : null}
      {found.isPending ? <Skeleton lines={6} /> : null}
      {found.error && !data ? <Trouble problem={found.error} retry={() => void found.refetch()} /> : null}
      {vote.error ? <Trouble problem={vote.error} /> : null}
      {data && data.items.length === 0 ? <Empty kind={query ? 'filter' : 'done'} title={query ? t('empty') : t('noPolicies')} text={query ? t('emptyText') : ''} /> : null}
      <ul className="k-list">{(data?.items ?? []).map((one) => (
        <li key={one.id}>
          <Item to={`/k/${encodeURIComponent(one.id)}`} title={one.title} meta={[one.category || null, t('updated', { at: day(one.updatedAt) }), one.validUntil ? t('valid', { at: day(one.validUntil) }) : null]}><p className="k-hint">{one.excerpt}</p></Item>
          <div className="k-line q-like">{one.why === 'new' ? null : <Tag tone={one.why === 'hot' ? 'near' : 'ok'}>{t(`why.${one.why}`)}</Tag>}<Button icon="star" busy={vote.isPending} onClick={() => like(one.id)}>{t('like', { n: one.likes })}</Button></div>
        </li>
      ))}</ul>
    </Page>
  )
}
