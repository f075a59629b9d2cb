import type { ReactElement } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

/** What waits for a decision: proposals, near-doubles, labels nobody uses, labels past their time. */
export function LabelReview(): ReactElement {
  const list = useQueryOf('reviewLabels', {})
  return (
    <Section flush title={t('review')}>
      <QueryView query={list}>
        {(data) => (data.items.length === 0 ? <Empty kind="done" text={t('reviewNone')} /> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('kind')}</th><th scope="col">{t('name')}</th><th scope="col">{t('className')}</th><th scope="col">{t('hint')}</th></tr></thead>
            <tbody>{data.items.map((one) => <tr key={`${one.id} ${one.kind}`}><td><Tag tone={one.kind === 'proposed' ? 'near' : 'plain'}>{t(`kind_${one.kind}`)}</Tag></td><td>{one.name}</td><td>{one.className}</td><td>{one.hint}</td></tr>)}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
