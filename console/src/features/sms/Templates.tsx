// Templates of SMS that people send: kept, approved by another where the tenant asks for it.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Template = OutputOf<'listSmsTemplates'>['items'][number]
const tones = { draft: 'over', pending: 'near', approved: 'ok', disabled: 'calm' } as const

export function Templates(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listSmsTemplates', {})
  const send = useAct('listSmsTemplates')
  const [editing, setEditing] = useState<Template | 'new' | null>(null)
  const [refusing, setRefusing] = useState<Template | null>(null)
  const manage = can('platform.manageSmsTemplates')
  const held = editing === 'new' ? null : editing
  const attempt = (work: () => Promise<unknown>, done: string) => work().then(() => say(done), (error: unknown) => say(asProblem(error).message, 'over'))
  const remove = async (one: Template) => {
    if (await confirm({ title: t('removeTitle', { name: one.name }), text: t('removeText'), verb: t('remove'), danger: true })) await attempt(() => send('deleteSmsTemplate', { id: one.id }), t('removed'))
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0} title={t('templates')} extra={manage ? <Button type="primary" size="small" onClick={() => setEditing('new')}>{t('create')}</Button> : null}>
          {data.items.length === 0 ? <Empty kind="done" text={t('noTemplates')} hint={t('noTemplatesHint')} /> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('class')}</th><th scope="col">{t('text')}</th><th scope="col">{t('state')}</th><th scope="col">{t('changed')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td><strong>{one.name}</strong></td><td>{one.class || '–'}</td><td>{one.signature ? `【${one.signature}】` : ''}{one.text}</td>
                  <td><Tag tone={tones[one.state]}>{t(`state_${one.state}`)}</Tag>{one.refusedReason ? <div className="ms-hint">{t('refusedWhy', { reason: one.refusedReason })}</div> : null}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>{one.changedBy} <Time iso={one.changedAt} /></td>
                  <td className="ms-num" style={{ whiteSpace: 'nowrap' }}>
                    {one.mayDecide ? <><Button size="small" type="primary" onClick={() => void attempt(() => send('decideSmsTemplate', { id: one.id, version: one.version, approve: true }), t('decided'))}>{t('approve')}</Button> <Button size="small" onClick={() => setRefusing(one)}>{t('refuse')}</Button> </> : null}
                    {manage ? <><Button size="small" onClick={() => setEditing(one)}>{t('edit')}</Button> <Button size="small" danger onClick={() => void remove(one)}>{t('remove')}</Button></> : null}
                  </td>
                </tr>
              ))}</tbody>
            </table>
          )}
          <ActDrawer key={held ? `${held.id} ${held.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={held ? t('edit') : t('create')} sub={held?.name ?? ''} submitLabel={held ? t('edit') : t('create')}
            initial={held ? { name: held.name, class: held.class, text: held.text, signature: held.signature, disabled: held.state === 'disabled' } : {}}
            schema={{
              type: 'object', required: ['name', 'text'],
              properties: {
                name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, class: { type: 'string', title: t('class'), maxLength: 40, 'x-half': true },
                text: { type: 'string', title: t('text'), description: t('textHint'), format: 'textarea', maxLength: 500 }, signature: { type: 'string', title: t('signature'), description: t('signatureHint'), maxLength: 20, 'x-half': true },
                ...(held ? { disabled: { type: 'boolean' as const, title: t('disabled'), 'x-half': true } } : {}),
              },
            }}
            submit={async (values) => {
              const { disabled, ...rest } = { class: '', signature: '', ...values, disabled: 'disabled' in values && values.disabled === true }
              if (held) await send('changeSmsTemplate', { ...rest, disabled, id: held.id, version: held.version })
              else await send('createSmsTemplate', rest)
              say(data.approval && !disabled ? t('submitted') : t('saved'))
            }} />
          <ActDrawer open={refusing !== null} onClose={() => setRefusing(null)} title={t('refuse')} sub={refusing?.name ?? ''} submitLabel={t('refuse')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('refuseReason'), format: 'textarea', maxLength: 200 } } }}
            submit={async (values) => { await send('decideSmsTemplate', { ...values, id: refusing?.id, version: refusing?.version, approve: false }); say(t('decided')) }} />
        </Section>
      )}
    </QueryView>
  )
}
