// 失分明细: every lost point with its order or its line of the rules; evidence beside it, appeal where the time has not run out.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import { fileIds, words } from '../orders/acts/form-values.ts'
import { Evidence } from './Evidence.tsx'
import type { Score } from './ScorePage.tsx'
import { t } from './texts.zh-CN.ts'

type Loss = OutputOf<'listAssessmentLosses'>['items'][number]
const PAGE = 50

export function Losses({ score }: { score: Score }): ReactElement {
  const [item, setItem] = useState<string | null>(null)
  const [behind, setBehind] = useState<string | null>(null)
  const [cursors, setCursors] = useState<string[]>([])
  const [evidence, setEvidence] = useState<Loss | null>(null)
  const [appealing, setAppealing] = useState<Loss | null>(null)
  const [leftOut, setLeftOut] = useState(false)
  const cursor = cursors.at(-1)
  const where = { id: score.id, objectId: score.objectId, runId: score.run.id }
  const losses = useQueryOf('listAssessmentLosses', { ...where, ...(item ? { item } : {}), ...(behind ? { behind } : {}), ...(cursor ? { cursor } : {}), limit: PAGE }, { keepPrevious: true })
  const choose = (next: string | null, line: string | null = null) => { setItem(next); setBehind(line); setCursors([]) }
  const left = score.leftOut.reduce((sum, l) => sum + l.orders, 0)
  const some = score.items.filter((i) => Number(i.lost ?? 0) > 0)
  return (
    <Section flush title={t('losses')} extra={left > 0 ? <Button size="small" type="link" onClick={() => setLeftOut(true)}>{t('leftOut', { n: left })}</Button> : null}>
      <QueryView query={losses}>
        {(data) => (
          <>
            <div className="ms-row" style={{ paddingInline: 16, paddingBlockEnd: 8, flexWrap: 'wrap' }}>
              <span>{t('lossTitle', { lost: data.lost, full: score.full, total: score.total ?? '–' })}</span><Tag tone={data.agrees ? 'ok' : 'over'}>{data.agrees ? t('lossAgrees') : t('lossDiffers')}</Tag>
              <span className="ms-assess-causes">
                <Button size="small" type={item === null && behind === null ? 'primary' : 'default'} onClick={() => choose(null)}>{t('all')}</Button>
                {some.map((i) => <Button key={i.code} size="small" type={item === i.code || behind === i.code ? 'primary' : 'default'} onClick={() => choose(i.code)}>{i.cause} {i.lost}</Button>)}
              </span>
            </div>
            {data.items.length === 0 ? <Empty kind="done" text={t('noLoss')} /> : <LossTable items={data.items} score={score} onEvidence={setEvidence} onBehind={(l) => choose(null, l.item)} onAppeal={setAppealing} />}
            <div className="ms-row" style={{ padding: 12, justifyContent: 'flex-end' }}>
              {cursors.length > 0 ? <Button onClick={() => setCursors((held) => held.slice(0, -1))}>{t('former')}</Button> : null}
              {data.next ? <Button onClick={() => setCursors((held) => [...held, data.next ?? ''])}>{t('next')}</Button> : null}
            </div>
          </>
        )}
      </QueryView>
      {evidence ? <Drawer open size={720} title={t('evidence')} onClose={() => setEvidence(null)}><Evidence where={where} orderId={evidence.orderId ?? ''} /></Drawer> : null}
      {leftOut ? <Drawer open size={720} title={t('leftOutTitle')} onClose={() => setLeftOut(false)}><LeftOut where={where} /></Drawer> : null}
      {appealing ? <AppealForm loss={appealing} where={where} onClose={() => setAppealing(null)} /> : null}
    </Section>
  )
}

function LossTable({ items, score, onEvidence, onBehind, onAppeal }: { items: Loss[]; score: Score; onEvidence: (l: Loss) => void; onBehind: (l: Loss) => void; onAppeal: (l: Loss) => void }): ReactElement {
  return (
    <div className="ms-assess-table">
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('losses')}</caption>
        <thead><tr><th scope="col">{t('number')}</th><th scope="col">{t('titleOf')}</th><th scope="col">{t('cause')}</th><th scope="col" className="ms-num">{t('minus')}</th><th scope="col">{t('calculation')}</th><th scope="col">{t('appealState')}</th></tr></thead>
        <tbody>{items.map((l) => (
          <tr key={l.key}>
            <td>{l.orderId === null ? <Tag>{t('ruleLine')}</Tag> : l.number === null ? <span className="ms-hint">{t('hidden')}</span> : <Button type="link" size="small" className="ms-code" style={{ paddingInline: 0 }} onClick={() => onEvidence(l)}>{l.number}</Button>}</td>
            <td style={{ whiteSpace: 'normal' }}>{l.orderId === null ? <Button type="link" size="small" style={{ paddingInline: 0 }} disabled={l.behind === 0} onClick={() => onBehind(l)}>{t('behind', { n: l.behind })}</Button> : l.title}</td>
            <td>{l.cause}</td><td className="ms-num">{l.points === '0.0000' && l.behind === 0 ? '–' : l.points}</td><td className="ms-hint">{l.calculation}{l.basis ? ` ${l.basis}` : ''}</td>
            <td>{l.appealName ? <Tag tone={l.appeal === 'pending' ? 'near' : 'calm'}>{l.appealName}</Tag> : score.mayAppeal && l.orderId !== null && l.number !== null ? <Button size="small" onClick={() => onAppeal(l)}>{t('appeal')}</Button> : null}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

type Where = { id: string; objectId: string; runId: string }

function LeftOut({ where }: { where: Where }): ReactElement {
  const list = useQueryOf('listAssessmentLeftOut', where)
  return (
    <QueryView query={list}>
      {({ items }) => (
        <table className="ms-plain-table"><caption className="ms-hidden">{t('leftOutTitle')}</caption><thead><tr><th scope="col">{t('number')}</th><th scope="col">{t('titleOf')}</th><th scope="col">{t('cause')}</th></tr></thead>
          <tbody>{items.map((o) => <tr key={o.orderId}><td className="ms-assess-nowrap">{o.number ? <Link to={`/orders/${o.number}`} target="_blank">{o.number}</Link> : t('hidden')}</td><td>{o.title}</td><td>{o.reasonName} <span className="ms-hint">{o.detail}</span></td></tr>)}</tbody></table>
      )}
    </QueryView>
  )
}

function AppealForm({ loss, where, onClose }: { loss: Loss; where: Where; onClose: () => void }): ReactElement {
  const send = useAct('listAssessmentLosses', 'listAssessmentAppeals', 'showAssessmentScore')
  const schema = fields({
    wish: { type: 'string', title: t('wish'), oneOf: [{ const: 'notCounted', title: t('notCounted') }, { const: 'achieved', title: t('achieved') }], 'x-buttons': true },
    reason: opinionField({ title: t('reason') }), fileIds: filesField({ title: t('files') }),
  }, ['wish', 'reason', 'fileIds'])
  return (
    <ActDrawer open onClose={onClose} title={t('appealLoss')} sub={<><bdi className="ms-code">{loss.number}</bdi> {loss.itemName} −{loss.points}</>} schema={schema} initial={{ wish: 'notCounted' }} draftKey={`assessment.appeal:${loss.key}`} submitLabel={t('appealLoss')}
      submit={(v) => send('appealAssessmentLoss', { ...where, item: loss.item, orderId: loss.orderId, wish: words(v, 'wish'), reason: words(v, 'reason'), fileIds: fileIds(v) })} onDone={() => { say(t('appealDone')); onClose() }} />
  )
}
