// The way of a report through units and persons: sending it, answering, and what became of each sending.
import { Button, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { confirm } from '../../ui/confirm.tsx'
import { notify, say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { UserPicker, UnitPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader, userLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Circulation = OutputOf<'circulateReport'>
export type Sending = Circulation['items'][number]
export const toneOfWay = { sent: 'calm', read: 'near', returned: 'over', adopted: 'ok', recalled: 'calm' } as const
const list = (value: string | string[] | undefined): string[] => (Array.isArray(value) ? value : value ? [value] : [])

export function SendButton({ id, circulation }: { id: string; circulation: Circulation }): ReactElement {
  const send = useAct('showReport', 'listReportCirculation')
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [unitIds, setUnits] = useState<string[]>([])
  const [userIds, setUsers] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [under] = circulation.unitIds
  const go = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      await send('circulateReport', { id, unitIds, userIds, note })
      say(t('sent'))
      setOpen(false)
      setUnits([])
      setUsers([])
      setNote('')
    } catch (error) { setProblem(asProblem(error).title) }
    setBusy(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('toSend')}</Button>
      <Modal open={open} title={t('toSend')} okText={t('toSend')} confirmLoading={busy} okButtonProps={{ disabled: unitIds.length + userIds.length === 0 }} onOk={() => void go()} onCancel={() => setOpen(false)}>
        <div className="ms-report-form">
          <p className="ms-hint">{t('sendHint')}{circulation.anywhere ? '' : t('passHint')}</p>
          <div className="ms-field"><span className="ms-field-label">{t('toUnits')}</span><UnitPicker loader={unitLoader(circulation.anywhere || !under ? {} : { under })} multiple placeholder={t('toUnits')} value={unitIds} onChange={(ids) => setUnits(list(ids))} /></div>
          <div className="ms-field"><span className="ms-field-label">{t('toUsers')}</span><UserPicker loader={userLoader({ permission: 'reports.read' })} multiple placeholder={t('toUsers')} value={userIds} onChange={(ids) => setUsers(list(ids))} /></div>
          <label className="ms-field"><span className="ms-field-label">{t('sendNote')}</span><Input.TextArea rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} /></label>
          {problem ? <span className="ms-data-fault" role="alert">{problem}</span> : null}
        </div>
      </Modal>
    </>
  )
}

/** What may still be done with one sending: the receiver adopts or returns it, the sender takes it back. */
export function SendingActs({ one }: { one: Sending }): ReactElement | null {
  const send = useAct('showReport', 'listReportCirculation')
  const [asking, setAsking] = useState<'adopt' | 'return' | null>(null)
  const [opinion, setOpinion] = useState('')
  if (one.acts.length === 0) return null
  const answer = async (act: Sending['acts'][number]): Promise<void> => {
    if (act === 'recall' && !(await confirm({ title: t('way.recall'), text: t('confirmRecall'), verb: t('way.recall') }))) return
    try {
      await send('answerReportCirculation', { id: one.id, act, opinion })
      say(t('done', { act: t(`way.${act}`) }))
      setAsking(null)
    } catch (error) { notify({ level: 'P2', title: asProblem(error).title }) }
  }
  return (
    <>
      {one.acts.map((act) => <Button key={act} size="small" type={act === 'adopt' ? 'primary' : 'default'} onClick={() => { setOpinion(''); if (act === 'recall') void answer(act); else setAsking(act) }}>{t(`way.${act}`)}</Button>)}
      <Modal open={asking !== null} title={asking ? t(`way.${asking}`) : ''} okText={asking ? t(`way.${asking}`) : ''} okButtonProps={{ disabled: asking === 'return' && opinion.trim() === '' }} onOk={() => { if (asking) void answer(asking) }} onCancel={() => setAsking(null)}>
        <Input.TextArea aria-label={asking === 'return' ? t('reason') : t('adoptNote')} placeholder={asking === 'return' ? t('reason') : t('adoptNote')} rows={3} maxLength={500} value={opinion} onChange={(e) => setOpinion(e.target.value)} />
      </Modal>
    </>
  )
}

/** Beside the report: every sending the reader may know of, the passed-on ones under that they came from. */
export function CirculationPanel({ items }: { items: readonly Sending[] }): ReactElement | null {
  if (items.length === 0) return null
  const known = new Set(items.map((one) => one.id))
  const below = (parent: string | null): Sending[] => items.filter((one) => (one.parentId !== null && known.has(one.parentId) ? one.parentId : null) === parent)
  const branch = (list: Sending[]): ReactElement => (
    <ul className="ms-report-way">{list.map((one) => {
      const under = below(one.id)
      return (
        <li key={one.id}>
          <div className="ms-row"><strong>{one.toName}</strong><Tag tone={toneOfWay[one.state]}>{one.stateName}</Tag></div>
          <div className="ms-hint">{one.fromName} <Time iso={one.sentAt} />{one.note ? `：${one.note}` : ''}</div>
          {one.readAt ? <div className="ms-hint">{t('way.read')} {one.readByName} <Time iso={one.readAt} /></div> : null}
          {one.answeredAt ? <div className="ms-hint">{one.stateName} {one.answeredByName} <Time iso={one.answeredAt} />{one.opinion ? `：${one.opinion}` : ''}</div> : null}
          <div className="ms-row"><SendingActs one={one} /></div>
          {under.length > 0 ? branch(under) : null}
        </li>
      )
    })}</ul>
  )
  return <Section title={t('circulation')}>{branch(below(null))}</Section>
}
