// What one has written to others: read by how many, recalled as far as unread, changed or cancelled while it waits.
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { messageFields, wordsOf } from './Compose.tsx'
import { t } from './texts.zh-CN.ts'

type Send = OutputOf<'listMessageSends'>['items'][number]

export function SentMessages(): ReactElement {
  const list = useQueryOf('listMessageSends', {})
  const recall = useCommand('recallStaffMessage', { invalidates: ['listMessageSends'] })
  const cancel = useCommand('cancelStaffMessage', { invalidates: ['listMessageSends'] })
  const change = useCommand('changeStaffMessage', { invalidates: ['listMessageSends'] })
  const [changed, setChanged] = useState<Send | null>(null)
  const act = async (send: Send) => {
    try {
      if (send.state === 'scheduled') {
        if (send.repeat === 'once' || (await confirm({ title: t('compose.stop'), text: t('compose.stopAsk', { title: send.title }), verb: t('compose.stop'), danger: true }))) await cancel.mutateAsync({ id: send.id })
      } else if (await confirm({ title: t('compose.recall'), text: t('compose.recallAsk', { title: send.title }), verb: t('compose.recall'), danger: true })) say(t('compose.recalledN', { n: (await recall.mutateAsync({ id: send.id })).recalled }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <>
      <QueryView query={list}>
        {(data) => (
          <Section flush={data.items.length > 0} title={t('compose.mine')}>
            {data.items.length === 0 ? <Empty kind="done" text={t('compose.none')} /> : (
              <table className="ms-plain-table">
                <tbody>{data.items.map((send) => (
                  <tr key={send.id}>
                    <td><strong>{send.title}</strong>{send.text ? <div className="ms-muted">{send.text}</div> : null}</td><td><Time iso={send.sendAt} />{send.repeat === 'once' ? null : <div className="ms-hint">{t(`compose.repeat.${send.repeat}`)}</div>}</td>
                    <td>{send.state === 'scheduled' ? t('compose.scheduledState') : send.state === 'cancelled' ? t('compose.cancelledState') : send.state === 'recalled' ? t('compose.recalledState', { n: send.recalled ?? 0 }) : t('compose.sentState')}</td>
                    <td>{send.told === null ? '–' : t('compose.told', { read: send.read, told: send.told })}</td>
                    <td className="ms-num">{send.state === 'scheduled' ? <button type="button" className="ms-link-button" onClick={() => setChanged(send)}>{t('compose.changeShort')}</button> : null} {send.state === 'scheduled' || send.state === 'sent' ? <button type="button" className="ms-link-button" onClick={() => void act(send)}>{send.state !== 'scheduled' ? t('compose.recall') : send.repeat === 'once' ? t('compose.cancel') : t('compose.stop')}</button> : null}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      {changed ? (
        <ActDrawer open onClose={() => setChanged(null)} title={t('compose.change')} sub={t('compose.changeHint', { n: changed.people })} submitLabel={t('compose.save')} draftKey={`message.change.${changed.id}`}
          initial={{ title: changed.title, text: changed.text ?? '', level: changed.level, sendAt: changed.sendAt, repeat: changed.repeat }} schema={{ type: 'object', required: ['title', 'sendAt'], properties: { ...messageFields, sendAt: { ...messageFields.sendAt, description: t('compose.changeAtHint') } } }}
          submit={async (values) => {
            await change.mutateAsync({ id: changed.id, ...wordsOf(values), sendAt: String(values.sendAt), version: changed.version })
            say(t('compose.changed'))
          }} />
      ) : null}
    </>
  )
}
