// Public questions (INT-19): searched in everyday words, browsed by category; nothing found leads on to an appeal with the same words.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Item } from '../../kit/Blocks.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import './questions.css'
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
      <ul className="k-list">{(data?.items ?? []).map((one) => <li key={one.id}><Item to={`/k/${encodeURIComponent(one.id)}`} title={one.title} meta={[one.category || null]}><p className="k-hint">{one.excerpt}</p></Item></li>)}</ul>
    </Page>
  )
}

function SearchForm({ initial, onSearch }: { initial: string; onSearch: (query: string) => void }): ReactElement {
  const [text, setText] = useState(initial)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <form className="q-search" role="search" onSubmit={submit}>
      <label className="k-hidden" htmlFor="question-search">{t('search')}</label>
      <input id="question-search" className="k-input" type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder={t('holder')} maxLength={200} enterKeyHint="search" />
      <Button tone="primary" type="submit" icon="search">{t('go')}</Button>
    </form>
  )
}
