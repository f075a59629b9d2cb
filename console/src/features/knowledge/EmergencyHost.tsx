// Emergency knowledge in front of everybody who takes appeals: a strip during a call, the whole screen otherwise, until confirmed.
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { say } from '../../ui/notices.ts'
import { when } from '../../ui/time.ts'
import { usePhone } from '../telephony/use-phone.ts'
import { t } from './texts.zh-CN.ts'

export default function EmergencyHost(): ReactElement | null {
  const mine = useQueryOf('myKnowledgeEmergencies', {}, { staleTime: 60_000 })
  useTopic('knowledge.emergency', ['myKnowledgeEmergencies'])
  const confirm = useCommand('confirmKnowledgeEmergency', { invalidates: ['myKnowledgeEmergencies'] })
  const phone = usePhone()
  const one = mine.data?.items[0]
  if (!one) return null
  if (phone.calls.length > 0 || !one.blocksCalls) return <div className="ms-note" role="alert">{t('emergencyStrip', { title: one.title })} — {one.wording} {one.blocksCalls ? null : <button type="button" className="ms-link-button" onClick={() => void confirm.mutateAsync({ id: one.id })}>{t('iHaveRead')}</button>}</div>
  return (
    <Modal open closable={false} keyboard={false} mask={{ closable: false }} title={t('emergencyStrip', { title: one.title }).split('，')[0]} width={640}
      footer={<Button type="primary" size="large" autoFocus loading={confirm.isPending} onClick={() => void confirm.mutateAsync({ id: one.id }).catch((error: unknown) => say(asProblem(error).message, 'over'))}>{t('iHaveRead')}</Button>}>
      <p className="ms-pre" style={{ fontSize: 16, lineHeight: 1.8 }}>{one.wording}</p>
      <p className="ms-hint">{t('startedBy', { name: one.startedByName, at: when(one.startedAt) })} · <Link to={`/knowledge/items/${one.itemId}`} target="_blank">{t('more')}</Link></p>
    </Modal>
  )
}
