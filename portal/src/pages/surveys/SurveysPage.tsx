// What is asked now, and what was asked (INT-22).
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Item, Tag } from '../../kit/Blocks.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

export default function SurveysPage(): ReactElement {
  const list = useQueryOf('publicSurveys', {}, { staleTime: 30_000 })
  return (
    <Page title={t('title')} intro={t('intro')}>
      {list.isPending ? <Skeleton lines={4} /> : null}
      {list.error && !list.data ? <Trouble problem={list.error} retry={() => void list.refetch()} /> : null}
      {list.data && list.data.items.length === 0 ? <Empty kind="done" title={t('empty')} /> : null}
      <ul className="k-list">{(list.data?.items ?? []).map((one) => <li key={one.id}><Item to={`/surveys/${one.id}`} title={one.title} end={one.answered ? <Tag tone="ok" icon="check">{t('done')}</Tag> : <Tag tone={one.open ? 'primary' : 'calm'}>{one.stateName}</Tag>} meta={[one.endsAt ? t('until', { at: day(one.endsAt) }) : null]}>{one.intro ? <p className="k-hint">{one.intro}</p> : null}</Item></li>)}</ul>
    </Page>
  )
}
