// My scores: how I stand, where I lose, and each result with its grounds.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Section } from '../../ui/Page.tsx'
import { Page } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { reads } from '../../ui/reads.ts'
import { columnOf as c, type Task } from './columns.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Mine = OutputOf<'myQualityScores'>

export default function MinePage(): ReactElement {
  const mine = useQueryOf('myQualityScores', { limit: 1 })
  return (
    <Page title={t('mine')} fill>
      {mine.data ? <Summary data={mine.data} /> : null}
      <ListPage<Task> embedded noSearch page="myQualityScores" title={t('mine')} columns={[c.object, c.kind, c.points, c.marks, c.inspector, c.at, c.concluded]} filters={[{ key: 'period', label: t('col.concluded'), kind: 'dates', keys: ['from', 'to'] }]} load={reads<Task>('/api/quality/mine')} rowKey={(row) => row.id} open={(row) => `/quality/inspect/${row.id}`} empty={{ text: t('mineNone'), hint: t('mineNoneHint') }} />
    </Page>
  )
}

function Summary({ data }: { data: Mine }): ReactElement {
  return (
    <Section>
      <div className="ms-quality-figures">
        <Figure label={t('myAverage')} value={data.average ?? t('none')} /><Figure label={t('teamAverage')} value={data.teamAverage ?? t('none')} /><Figure label={t('resultsN')} value={data.count.value} />
        <div className="ms-stack"><span className="ms-muted">{t('weakest')}</span><div className="ms-row">{data.weakest.length === 0 ? t('none') : data.weakest.map((one) => <Tag key={one.name} tone="near">{one.name} −{one.lost}</Tag>)}</div></div>
      </div>
    </Section>
  )
}
