// One merge: the leading order, its members, sending, undoing, deleting.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { setTone } from './set-tones.ts'
import { t } from './texts.zh-CN.ts'
import './sets.css'

type Merge = OutputOf<'getMerge'>

export default function MergePage(): ReactElement {
  const { id = '' } = useParams()
  const query = useQueryOf('getMerge', { id }, { keepPrevious: true })
  return <QueryView query={query}>{(merge) => <Shown key={merge.id} merge={merge} reload={() => void query.refetch()} />}</QueryView>
}

function Shown({ merge, reload }: { merge: Merge; reload: () => void }): ReactElement {
  const navigate = useNavigate()
  const [undo, setUndo] = useState<{ orderId?: string } | null>(null)
  const send = useCommand('sendMerge', { invalidates: ['getMerge', 'listMerges', 'listOrders'] })
  const remove = useCommand('deleteMerge', { invalidates: ['listMerges'] })
  const fail = (error: Error) => say(error.message, 'over')
  const known = {
    send: { run: async () => { if (await confirm({ title: t('merge.sendAsk', { title: merge.title }), text: t('merge.sendText', { n: merge.members, number: merge.leadNumber }), verb: t('merge.send') })) await send.mutateAsync({ id: merge.id, version: merge.version }).catch(fail) } },
    undo: { danger: true, run: () => setUndo({}) },
    delete: { danger: true, run: async () => { if (await confirm({ title: t('merge.deleteAsk', { title: merge.title }), text: t('merge.deleteText'), verb: t('merge.delete'), danger: true })) await remove.mutateAsync({ id: merge.id }).then(() => navigate('/orders/merges')).catch(fail) } },
  }
  const mayUndo = merge.acts.some((one) => one.act === 'undo' && one.enabled)
  return (
    <Page title={merge.title} sub={<bdi className="ms-code">{merge.number}</bdi>} state={<Tag tone={setTone(merge.state)}>{merge.stateName}</Tag>} acts={<ActBar acts={merge.acts} known={known} main="send" max={3} group={t('merges')} />}>
      <div className="ms-stack">
        <Section>
          <Facts columns={3} items={[
            { label: t('c.lead'), value: <><Link className="ms-code" to={`/orders/${merge.leadNumber}`}>{merge.leadNumber}</Link> <StateTag state={merge.leadState} /></> }, { label: t('created'), value: <>{merge.createdByName} <Time iso={merge.createdAt} /></> }, { label: t('merge.reason'), value: merge.undoneReason ?? merge.reason },
          ]} />
        </Section>
        <Section title={t('members', { n: merge.members })} flush>
          <table className="ms-plain-table">
            <thead><tr>{(['number', 'title', 'requester', 'state', 'reply', 'acts'] as const).map((key) => <th key={key} scope="col">{t(`m.${key}`)}</th>)}</tr></thead>
            <tbody>
              {merge.memberList.map((one) => (
                <tr key={one.orderId}>
                  <td><Link to={`/orders/${one.number}`} className="ms-code">{one.number}</Link></td><td>{one.title}</td><td>{one.requesterName}</td>
                  <td><StateTag state={one.state} /> {one.memberState === 'restored' ? <span className="ms-hint">{t('merge.restored')}</span> : null}</td>
                  <td>{one.answeredAt ? <Time iso={one.answeredAt} /> : '–'}</td>
                  <td>{mayUndo && one.memberState === 'merged' ? <Button size="small" type="link" onClick={() => setUndo({ orderId: one.orderId })}>{t('merge.undoOne')}</Button> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      </div>
      {undo ? (
        <ActDrawer open onClose={() => setUndo(null)} title={t('merge.undo')} sub={merge.number} submitLabel={t('merge.undo')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('merge.undoReason'), maxLength: 300 } } }}
          submit={(v) => call('undoMerge', { id: merge.id, reason: String(v.reason), orderIds: undo.orderId ? [undo.orderId] : undefined })} onDone={() => { setUndo(null); reload() }} />
      ) : null}
    </Page>
  )
}
