// What a lost point rests on: the answers, the clocks, the calls; recording and timeline one click further.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { duration } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

export function Evidence({ where, orderId }: { where: { id: string; objectId: string; runId: string }; orderId: string }): ReactElement {
  const evidence = useQueryOf('showAssessmentEvidence', { ...where, orderId })
  const bad = (answer: string) => (answer === '否' ? <span className="ms-assess-down">{answer}</span> : answer)
  return (
    <QueryView query={evidence}>
      {(data) => (
        <div className="ms-stack">
          <div className="ms-row"><bdi className="ms-code">{data.number}</bdi><strong>{data.title}</strong><Tag>{data.stateName}</Tag></div>
          <div className="ms-row" style={{ gap: 16 }}>{data.calls.length > 0 ? <Link to={`/orders/${data.number}?tab=calls`}>{t('listen')}</Link> : null}<Link to={`/orders/${data.number}?tab=timeline`}>{t('timeline')}</Link><Link to={`/orders/${data.number}`}>{t('openOrder')}</Link></div>
          {data.losses.map((l) => <div key={l.key}><Tag tone="over">{l.cause}</Tag> −{l.points} <span className="ms-hint">{l.calculation} {l.basis}</span></div>)}
          <Section flush title={t('answers')}>
            {data.callbacks.length === 0 ? <p className="ms-hint" style={{ paddingInline: 16 }}>{t('noAnswers')}</p> : (
              <table className="ms-plain-table"><caption className="ms-hidden">{t('answers')}</caption><thead><tr><th scope="col">{t('answers')}</th><th scope="col">{t('contacted')}</th><th scope="col">{t('solved')}</th><th scope="col">{t('satisfied')}</th></tr></thead>
                <tbody>{data.callbacks.map((c) => <tr key={c.at}><td>{t('round', { n: c.round })} <Time iso={c.at} /></td><td>{bad(c.contacted)}</td><td>{bad(c.solved)}</td><td>{bad(c.satisfied)}</td></tr>)}</tbody></table>
            )}
          </Section>
          <Section flush title={t('clocks')}>
            <table className="ms-plain-table"><caption className="ms-hidden">{t('clocks')}</caption><tbody>{data.clocks.map((c, i) => <tr key={i}><td>{c.kind}</td><td>{c.unitName}</td><td>{t('due')} <Time iso={c.dueAt} /></td><td>{c.metAt ? <>{t('met')} <Time iso={c.metAt} /></> : '–'}</td><td><Tag tone={c.late ? 'over' : 'ok'}>{c.late ? t('lateYes') : t('lateNo')}</Tag></td><td className="ms-hint">{c.ruleText}</td></tr>)}</tbody></table>
          </Section>
          <Section flush title={t('calls')}>
            {data.calls.length === 0 ? <p className="ms-hint" style={{ paddingInline: 16 }}>{t('noCalls')}</p> : <table className="ms-plain-table"><caption className="ms-hidden">{t('calls')}</caption><tbody>{data.calls.map((c) => <tr key={c.id}><td><Time iso={c.at} /></td><td>{c.directionName}</td><td>{c.talkMs === null ? '–' : duration(c.talkMs)}</td><td><Link to={`/orders/${data.number}?tab=calls`}>{t('listen')}</Link></td></tr>)}</tbody></table>}
          </Section>
          <Section flush title={t('counted')}>
            <table className="ms-plain-table"><caption className="ms-hidden">{t('counted')}</caption><tbody>{data.rows.map((r, i) => <tr key={i}><td className="ms-assess-nowrap">{r.factName}{r.leftOut ? <> <Tag tone="calm">{r.leftOut}</Tag></> : null}{r.corrected ? <> <Tag tone="ok">{t('corrected')}</Tag></> : null}</td><td>{t('meets')} {r.meets.join('、') || '–'}</td><td>{t('lacks')} {r.lacks.join('、') || '–'}</td></tr>)}</tbody></table>
          </Section>
        </div>
      )}
    </QueryView>
  )
}
