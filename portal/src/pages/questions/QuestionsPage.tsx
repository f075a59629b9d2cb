// Public questions (INT-19): searched in everyday words, browsed by category; nothing found leads on to an appeal with the same words.
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item } from '../../kit/Blocks.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import './questions.css'
import { ReportForm } from './ReportForm.tsx'
import { SearchForm } from './SearchForm.tsx'
import { t } from './texts.zh-CN.ts'

export default function QuestionsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const query = search.get('q') ?? ''
  const category = search.get('category') ?? ''
  const found = useQueryOf('findQuestions', { query, category, limit: 50 }, { staleTime: 60_000 })
  const data = found.data
  return (
    <Page title={t('title')} intro={t('intro')}>
      <SearchForm key={query} initial={query} onSearch={(q) => setSearch(q ? { q } : {})} />
      {data && data.categories.length > 0 ? (
        <div className="k-line" role="group" aria-label={t('categories')}>
          <Button tone={category === '' ? 'primary' : 'plain'} aria-pressed={category === ''} onClick={() => setSearch(query ? { q: query } : {}, { replace: true })}>{t('all')}</Button>
          {data.categories.map((one) => <Button key={one.name} tone={one.name === category ? 'primary' : 'plain'} aria-pressed={one.name === category} onClick={() => setSearch({ ...(query ? { q: query } : {}), category: one.name }, { replace: true })}>{one.name}</Button>)}
        </div>
      ) : null}
      {found.isPending ? <Skeleton lines={6} /> : null}
      {found.error && !data ? <Trouble problem={found.error} retry={() => void found.refetch()} /> : null}
      {data && data.items.length === 0 ? (
        <Empty kind={query || category ? 'filter' : 'done'} title={query || category ? t('empty') : t('none')} text={t('emptyText')}>
          <LinkButton to={query ? `/submit?say=${encodeURIComponent(query)}` : '/submit'} tone="primary">{t('submit')}</LinkButton>
          {query || category ? <Button onClick={() => setSearch({})}>{t('clear')}</Button> : null}
        </Empty>
      ) : null}
      {data && query && data.items.length === 0 ? <ReportForm query={query} /> : null}
      {query === '' && category === '' ? <><Topics /><Scenes /></> : null}
      <ul className="k-list">{(data?.items ?? []).map((one) => <li key={one.id}><Item to={`/k/${encodeURIComponent(one.id)}`} title={one.title} meta={[one.category || null]}><p className="k-hint">{one.excerpt}</p></Item></li>)}</ul>
    </Page>
  )
}

/** Mind maps of a large area. */
function Topics(): ReactElement | null {
  const topics = useQueryOf('publicTopics', {}, { staleTime: 300_000 })
  const items = topics.data?.items ?? []
  return items.length === 0 ? null : <div className="k-line" role="group" aria-label={t('topics')}><span className="k-hint">{t('topics')}</span>{items.map((one) => <LinkButton key={one.id} to={`/topics/${one.id}`}>{one.name}</LinkButton>)}</div>
}

/** Libraries by scenario: what a person looks for when something happens. */
function Scenes(): ReactElement | null {
  const scenes = useQueryOf('publicScenes', {}, { staleTime: 300_000 })
  const items = scenes.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div className="q-scenes">{items.map((library) => (
      <Card key={library.id} title={library.name}>{library.scenarios.map((one) => <section key={one.id}><h3>{one.name}</h3><ul>{one.items.slice(0, 5).map((item) => <li key={item.id}><Link to={`/k/${encodeURIComponent(item.id)}`}>{item.title}</Link></li>)}</ul></section>)}</Card>
    ))}</div>
  )
}
