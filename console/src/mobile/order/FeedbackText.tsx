import { Card, Rows, Tag } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { Files } from './Files.tsx'

const said = (value: string | null): string => (value === 'yes' || value === 'no' || value === 'partly' ? t(`rate.${value}`) : t('rate.notStated'))

/** One version of what a unit reported. */
export function FeedbackText({ feedback: one }: { feedback: OrderDetail['feedback'][number] }): ReactElement {
  const result = one.kind === 'result'
  return (
    <Card title={t('review.result', { unit: one.unitName })} extra={<Tag>{result ? t('version', { n: one.version }) : t('feedbackProgress')}</Tag>}>
      <p className="k-pre">{one.result}</p>
      {result ? (
        <Rows rows={[
          one.handledAt ? { label: t('feedback.handledAt'), value: when(one.handledAt) } : null,
          one.method ? { label: t('feedback.method'), value: one.method } : null,
          one.basis ? { label: t('feedback.basis'), value: one.basis } : null,
          { label: t('feedback.rates'), value: t('review.rates', { contacted: said(one.contacted), solved: said(one.solved), satisfied: said(one.satisfied) }) },
          one.opinion ? { label: t('feedback.opinion'), value: one.opinion } : null,
          one.reviewOpinion ? { label: t('review.opinion'), value: `${one.reviewOpinion}（${one.reviewedByName ?? ''} ${when(one.reviewedAt)}）` } : null,
        ]} />
      ) : null}
      <Files files={one.files} />
      <span className="k-hint">{one.submittedByName} {when(one.submittedAt)}</span>
    </Card>
  )
}
