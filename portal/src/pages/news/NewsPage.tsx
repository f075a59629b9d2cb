// Notices, hot topics, cases, results (INT-20), and what the person kept (INT-12).
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { usePagesOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Item, Tag } from '../../kit/Blocks.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

const kinds = ['notice', 'hot', 'case', 'result', 'intro'] as const
const names = { notice: t('notice'), hot: t('hot'), case: t('case'), result: t('result'), intro: t('introKind') }

export default function NewsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const citizen = useCitizen()
  const kind = kinds.find((one) => one === search.get('kind'))
  const kept = search.get('kept') === 'true' && Boolean(citizen)
  const pages = usePagesOf('publicPublications', { limit: 20, ...(kind ? { kind } : {}), ...(kept ? { kept: 'true' as const } : {}) }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const pick = (to: Record<string, string>) => setSearch(to, { replace: true })
  return (
    <Page title={t('title')} intro={t('intro')}>
      <div className="k-line" role="group" aria-label={t('filter')}>
        <Button tone={!kind && !kept ? 'primary' : 'plain'} aria-pressed={!kind && !kept} onClick={() => pick({})}>{t('all')}</Button>
        {kinds.map((one) => <Button key={one} tone={one === kind ? 'primary' : 'plain'} aria-pressed={one === kind} onClick={() => pick({ kind: one })}>{names[one]}</Button>)}
        {citizen ? <Button tone={kept ? 'primary' : 'plain'} aria-pressed={kept} icon="star" onClick={() => pick({ kept: 'true' })}>{t('kept')}</Button> : null}
      </div>
      {pages.isPending ? <Skeleton lines={6} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <Empty kind="done" title={kept ? t('emptyKept') : t('empty')} /> : null}
      <ul className="k-list">{items.map((one) => <li key={one.id}><Item to={`/news/${one.id}`} title={one.title} end={one.pinned ? <Tag tone="primary">{t('pinned')}</Tag> : null} meta={[one.kindName, day(one.publishedAt)]}>{one.summary ? <p className="k-hint">{one.summary}</p> : null}</Item></li>)}</ul>
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
    </Page>
  )
}
