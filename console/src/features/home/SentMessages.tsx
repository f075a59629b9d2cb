// What one has written to others: read by how many, recalled as far as unread.
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

type Send = OutputOf<'listMessageSends'>['items'][number]

export function SentMessages(): ReactElement {
  const list = useQueryOf('listMessageSends', {})
  const recall = useCommand('recallStaffMessage', { invalidates: ['listMessageSends'] })
  const cancel = useCommand('cancelStaffMessage', { invalidates: ['listMessageSends'] })
  const act = async (send: Send) => {
    try {
      if (send.state === 'scheduled') await cancel.mutateAsync({ id: send.id })
      else if (await confirm({ title: t('compose.recall'), text: t('compose.recallAsk', { title: send.title }), verb: t('compose.recall'), danger: true })) say(t('compose.recalledN', { n: (await recall.mutateAsync({ id: send.id })).recalled }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0} title={t('compose.mine')}>
          {data.items.length === 0 ? <Empty kind="done" text={t('compose.none')} /> : (
            <table className="ms-plain-table">
              <tbody>{data.items.map((send) => (
                <tr key={send.id}>
                  <td><strong>{send.title}</strong>{send.text ? <div className="ms-muted">{send.text}</div> : null}</td><td><Time iso={send.sendAt} /></td>
                  <td>{send.state === 'scheduled' ? t('compose.scheduledState') : send.state === 'cancelled' ? t('compose.cancelledState') : send.state === 'recalled' ? t('compose.recalledState', { n: send.recalled ?? 0 }) : t('compose.sentState')}</td>
                  <td>{send.told === null ? '–' : t('compose.told', { read: send.read, told: send.told })}</td>
                  <td className="ms-num">{send.state === 'scheduled' || send.state === 'sent' ? <button type="button" className="ms-link-button" onClick={() => void act(send)}>{send.state === 'scheduled' ? t('compose.cancel') : t('compose.recall')}</button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
        </Section>
      )}
    </QueryView>
  )
}
