// How a result came about: each stage's score, each change of what counts, appeals.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { Empty } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import type { Shown } from './filled-sheet.ts'
import { t } from './texts.zh-CN.ts'

export function Course({ data }: { data: Shown }): ReactElement {
  const scores = [...(data.machine ? [data.machine] : []), ...data.scores]
  if (scores.length === 0 && data.changes.length === 0) return <Empty kind="pending" text={t('resultsNone')} />
  return (
    <div className="ms-desk-body">
      <section className="ms-desk-part"><h3>{t('scores')}</h3>
        {scores.map((score) => {
          const choices = Object.values(score.choices)
          return (
            <div key={score.id} className="ms-desk-entry">
              <span className="ms-row"><b>{score.stageName} {score.points}</b><span className="ms-muted">{score.byName}</span><Time iso={score.at} />{choices.length > 0 ? <Tag>{t('chosen', { a: choices.filter((one) => one.choice === 'accepted').length, r: choices.filter((one) => one.choice === 'rejected').length })}</Tag> : null}</span>
              {score.deductions.map((one) => <span key={one.id} className="ms-hint">{one.points > 0 ? `−${one.points} ` : ''}{one.itemName}：{one.ruleName ? `${one.ruleName}（${t('version', { n: one.ruleVersion ?? 1 })}）` : ''}{one.note}{one.atMs === null ? '' : ` ▸${stopwatch(one.atMs)}`}{one.quote ? ` “${one.quote}”` : ''}</span>)}
              {score.comment ? <span>{score.comment}</span> : null}
            </div>
          )
        })}
      </section>
      {data.changes.length > 0 ? <section className="ms-desk-part"><h3>{t('changes')}</h3>{data.changes.map((one) => <div key={one.id} className="ms-desk-entry"><span className="ms-row"><b>{one.whatName}</b><span className="ms-num">{one.oldPoints ?? t('none')} → {one.newPoints ?? t('none')}</span><span className="ms-muted">{one.byName}</span><Time iso={one.at} /></span>{one.reason ? <span className="ms-hint">{one.reason}</span> : null}</div>)}</section> : null}
      {data.appeals.length > 0 ? <section className="ms-desk-part"><h3>{t('appeals')}</h3>{data.appeals.map((one) => <div key={one.id} className="ms-desk-entry"><span className="ms-row"><Link to={`/quality/appeals/${one.id}`}>{one.stateName}</Link><span className="ms-muted">{one.byName}</span><Time iso={one.at} /></span><span className="ms-hint">{one.reason}</span></div>)}</section> : null}
    </div>
  )
}
