// Changes of the catalogue: how many took effect month by month, what waits for another person, and each with person, time and content.
import { Button, Drawer, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Change = OutputOf<'listIndicatorChanges'>['items'][number]
const tones = { waiting: 'near', approved: 'ok', refused: 'over', withdrawn: 'plain' } as const
const written = (d: Change['before']): string => (d === null ? '–' : d.kind === 'basic' ? d.statement : d.formula)

export function ChangesDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const list = useQueryOf('listIndicatorChanges', {})
  const act = useAct('listIndicatorChanges', 'listIndicators', 'queryFigures')
  const [refusing, setRefusing] = useState<Change | null>(null)
  const decide = async (one: Change, outcome: 'approve' | 'withdraw'): Promise<void> => {
    try { await act('decideIndicatorChange', { id: one.id, outcome, note: '' }); say(t('saved')) } catch (error) { say(asProblem(error).message, 'over') }
  }
  return (
    <Drawer open size={960} title={t('changes')} onClose={onClose}>
      <QueryView query={list}>
        {({ items, months, review }) => (
          <div className="ms-stack">
            <p className="ms-hint">{t(review ? 'changesReviewed' : 'changesAtOnce')}</p>
            <Chart height={200} summary={t('changesTrend')} table={{ columns: [t('changesMonth'), t('changesCreated'), t('changesChanged'), t('changesStopped')], rows: months.map((m) => [m.month, String(m.created), String(m.changed), String(m.stopped)]) }}
              option={{ tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: months.map((m) => m.month) }, yAxis: { type: 'value', minInterval: 1 }, series: ([['changesCreated', 'created'], ['changesChanged', 'changed'], ['changesStopped', 'stopped']] as const).map(([name, key]) => ({ type: 'line', name: t(name), data: months.map((m) => m[key]) })) }} />
            {items.length === 0 ? <Empty kind="filter" text={t('changesNone')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('changes')}</caption>
                <thead><tr>{(['changesWhat', 'definition', 'changesBy', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th /></tr></thead>
                <tbody>{items.map((one) => (
                  <tr key={one.id}>
                    <td>{one.actName}：{one.name}<div className="ms-hint"><code>{one.code}</code>{one.act === 'change' ? ` · ${t('since', { day: one.body.fromDay })}` : ''}</div></td>
                    <td>{one.act === 'stop' || one.act === 'start' ? '–' : <>{one.before ? <div className="ms-hint">{t('changesBefore')}<code>{written(one.before)}</code></div> : null}<code>{written(one.body.definition)}</code></>}{one.reason ? <div className="ms-hint">{one.reason}</div> : null}</td>
                    <td style={{ whiteSpace: 'nowrap' }}>{one.byName}<div className="ms-hint"><Time iso={one.at} /></div></td>
                    <td><Tag tone={tones[one.state]}>{one.stateName}</Tag>{one.decidedAt && one.state !== 'withdrawn' ? <div className="ms-hint">{one.decidedByName} <Time iso={one.decidedAt} /></div> : null}{one.note ? <div className="ms-hint">{one.note}</div> : null}</td>
                    <td style={{ whiteSpace: 'nowrap' }}>{one.mayDecide ? <><Button size="small" type="primary" onClick={() => void decide(one, 'approve')}>{t('approve')}</Button> <Button size="small" onClick={() => setRefusing(one)}>{t('refuse')}</Button></> : one.mayWithdraw ? <Button size="small" onClick={() => void decide(one, 'withdraw')}>{t('withdraw')}</Button> : null}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </div>
        )}
      </QueryView>
      {refusing ? <Refuse one={refusing} onClose={() => setRefusing(null)} /> : null}
    </Drawer>
  )
}

function Refuse({ one, onClose }: { one: Change; onClose: () => void }): ReactElement {
  const act = useAct('listIndicatorChanges', 'listIndicators')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (): Promise<void> => {
    try { await act('decideIndicatorChange', { id: one.id, outcome: 'refuse', note }); onClose() } catch (error) { setProblem(asProblem(error)) }
  }
  return (
    <Modal open title={`${t('refuse')}：${one.name}`} okText={t('refuse')} cancelText={t('cancel')} onOk={() => void send()} onCancel={onClose}>
      <label className="ms-field"><span className="ms-field-label">{t('refuseWhy')}</span><Input.TextArea autoFocus maxLength={200} value={note} onChange={(e) => setNote(e.target.value)} /></label>
      {problem ? <p className="ms-data-fault" role="alert">{problem.fields?.[0]?.message ?? problem.title}</p> : null}
    </Modal>
  )
}
