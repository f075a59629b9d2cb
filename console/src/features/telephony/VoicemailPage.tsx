// 语音留言 of the own queues: hear, finish, or make an order of it once (TEL-06).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call as request, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { newDraftId } from '../desk/call-form.ts'
import { Player } from './Player.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Mail = OutputOf<'listVoicemail'>['items'][number]
const tones = { new: 'near', heard: 'plain', done: 'ok' } as const

export default function VoicemailPage(): ReactElement {
  const list = useQueryOf('listVoicemail', { limit: 100 })
  const [open, setOpen] = useState<string | null>(null)
  const send = useAct('listVoicemail')
  const navigate = useNavigate()
  useTopic('telephony.voicemail', ['listVoicemail'])
  const toOrder = async (mail: Mail) => {
    const draftId = newDraftId()
    try {
      await request('registerVoicemail', { id: mail.id, draftId })
      void navigate(`/desk/call?draft=${draftId}${mail.number ? `&phone=${encodeURIComponent(mail.number)}` : ''}`)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Page title={t('voicemail')}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noMail')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('col.at')}</th><th scope="col">{t('col.phone')}</th><th scope="col">{t('col.queue')}</th><th scope="col">{t('col.state')}</th><th scope="col" style={{ width: '40%' }}>{t('play')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((mail) => (
              <tr key={mail.id}>
                <td><Time iso={mail.at} /></td><td className="ms-num">{mail.phone ?? t('hiddenNumber')}</td><td>{mail.queueName ?? '–'}</td><td><Tag tone={tones[mail.state]}>{mail.stateName}</Tag> <span className="ms-hint">{mail.doneByName ?? mail.heardByName}</span></td>
                <td>{open === mail.id ? <Player src={`/api/telephony/voicemail/${mail.id}/content`} ms={mail.ms} /> : <Button size="small" disabled={!mail.ready} onClick={() => setOpen(mail.id)}>▶ {t('play')}</Button>}</td>
                <td className="ms-num">{mail.draftId === null ? <Button size="small" type="primary" onClick={() => void toOrder(mail)}>{t('toOrder')}</Button> : <a className="ms-link" href={`/desk/call?draft=${mail.draftId}`}>{t('open2')}</a>} {mail.state === 'done' ? null : <Button size="small" onClick={() => void send('finishVoicemail', { id: mail.id })}>{t('finish')}</Button>}</td>
              </tr>
            ))}</tbody></table>
        )}</Section>
      )}</QueryView>
    </Page>
  )
}
