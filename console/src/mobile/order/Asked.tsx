// What is asked of me: the requirement that came with the assignment, the closing standard, what was sent back.
import { Card } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'

export function Asked({ order }: { order: OrderDetail }): ReactElement | null {
  const mine = order.assignments.filter((one) => one.mine && one.round === order.round)
  const standard = order.matter?.closingStandard ?? []
  if (mine.length === 0) return null
  return (
    <Card title={t('asked')} tone="soft">
      {mine.map((one) => {
        const back = order.feedback.filter((f) => f.assignmentId === one.id && f.kind === 'result').toSorted((a, b) => b.version - a.version)[0]
        return (
          <div key={one.id} className="k-stack" data-gap="small">
            <span className="k-line" data-spread><strong>{t('askedOf', { unit: one.unitName, role: one.roleName })}</strong><span className="k-hint">{one.stateName}</span></span>
            {one.requirement ? <p className="k-pre">{t('requirement')}：{one.requirement}</p> : null}
            {one.opinion ? <p className="k-pre">{t('opinion')}：{one.opinion}</p> : null}
            {one.state === 'handling' && back?.reviewOpinion ? <p className="k-error">{t('sentBack')}：{back.reviewOpinion}</p> : null}
            <span className="k-item-meta">
              <span>{t('dispatchedBy', { name: one.dispatchedByName, at: when(one.dispatchedAt) })}</span>
              {one.handlerName ? <span>{t('handlerIs', { name: one.handlerName })}</span> : null}
              {one.state === 'pendingSign' && one.autoSignAt ? <span>{t('autoSign', { at: when(one.autoSignAt) })}</span> : null}
            </span>
          </div>
        )
      })}
      {standard.length > 0 ? (
        <div>
          <strong>{t('standard')}</strong>
          <ul className="m-bullets">{standard.map((one) => <li key={one.text}>{one.text}{one.evidence ? <span className="k-hint"> {t('evidence')}</span> : null}</li>)}</ul>
        </div>
      ) : null}
    </Card>
  )
}
