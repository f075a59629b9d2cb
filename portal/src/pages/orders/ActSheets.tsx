// Supplement, urge, withdraw: one short form each, in a layer of its own.
import { useMemo, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { queryClient, useCommand } from '../../api/queries.ts'
import { usePortal } from '../../app/session.ts'
import { sendFile } from '../../draft/send-file.ts'
import { Button } from '../../kit/Button.tsx'
import { Choices, TextArea } from '../../kit/Fields.tsx'
import { say, Sheet } from '../../kit/Layers.tsx'
import { PhotoPicker } from '../../kit/PhotoPicker.tsx'
import { PhotoQueue } from '../../kit/photo-queue.ts'
import { Trouble } from '../../kit/States.tsx'
import type { Order } from './OrderPage.tsx'
import { t } from './texts.zh-CN.ts'

export type ActName = 'supplement' | 'urge' | 'withdraw'
type Props = { number: string; onClose: () => void }

export function ActSheet({ act, ...props }: Props & { act: ActName | null }): ReactElement | null {
  if (act === 'supplement') return <SupplementSheet {...props} />
  if (act === 'urge') return <UrgeSheet {...props} />
  return act === 'withdraw' ? <WithdrawSheet {...props} /> : null
}

/** The answer of an act is the order as it stands now: no second question. */
function shown(order: Order, text: string, close: () => void): void {
  queryClient.setQueryData(['getOwnOrder', { number: order.number }], order)
  void queryClient.invalidateQueries({ queryKey: ['listOwnOrders'] })
  say(text)
  close()
}

function SupplementSheet({ number, onClose }: Props): ReactElement {
  const [content, setContent] = useState('')
  const [missing, setMissing] = useState(false)
  const [sending, setSending] = useState(false)
  const { settings } = usePortal()
  const queue = useMemo(() => new PhotoQueue([], sendFile, () => undefined), [])
  const command = useCommand('supplementOwnOrder')
  const send = async () => {
    setMissing(content.trim() === '')
    if (content.trim() === '') return
    setSending(true)
    if (await queue.retry()) await command.mutateAsync({ number, content, fileIds: queue.photos().flatMap((p) => p.id ?? []) }).then((order) => shown(order, t('supplementDone'), onClose), () => undefined)
    setSending(false)
  }
  return (
    <Sheet open title={t('supplementTitle')} onClose={onClose} footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button tone="primary" busy={sending} onClick={() => void send()}>{t('supplementSend')}</Button></>}>
      <Body error={command.error}>
        <TextArea name="content" label={t('supplementLabel')} help={t('supplementHelp')} value={content} onValue={setContent} limit={1000} error={missing ? t('needContent') : undefined} />
        <PhotoPicker queue={queue} limits={settings?.files ?? { count: 5, sizeMb: 10, videoMb: 100 }} />
      </Body>
    </Sheet>
  )
}

function UrgeSheet({ number, onClose }: Props): ReactElement {
  const [content, setContent] = useState('')
  const command = useCommand('urgeOwnOrder')
  const send = () => void command.mutateAsync({ number, content }).then((order) => shown(order, t('urgeDone'), onClose), () => undefined)
  return (
    <Sheet open title={t('urgeTitle')} onClose={onClose} footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button tone="primary" busy={command.isPending} onClick={send}>{t('urgeSend')}</Button></>}>
      <Body error={command.error}><TextArea name="content" label={t('urgeLabel')} optional value={content} onValue={setContent} limit={500} rows={3} /></Body>
    </Sheet>
  )
}

const whys = [t('why1'), t('why2'), t('why3')] as const

function WithdrawSheet({ number, onClose }: Props): ReactElement {
  const [reason, setReason] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const command = useCommand('withdrawOwnOrder')
  const send = () => {
    setMissing(reason === null)
    if (reason !== null) void command.mutateAsync({ number, reason }).then((order) => shown(order, t('withdrawDone'), onClose), () => undefined)
  }
  return (
    <Sheet open title={t('withdrawTitle')} onClose={onClose} footer={<><Button autoFocus onClick={onClose}>{t('keep')}</Button><Button tone="danger" busy={command.isPending} onClick={send}>{t('withdrawSend')}</Button></>}>
      <Body error={command.error}>
        <p>{t('withdrawText')}</p>
        <Choices name="reason" label={t('withdrawLabel')} options={whys.map((w) => ({ value: w, label: w }))} value={reason} onValue={setReason} error={missing ? t('needWhy') : undefined} />
      </Body>
    </Sheet>
  )
}

function Body({ error, children }: { error: Parameters<typeof Trouble>[0]['problem'] | null; children: ReactNode }): ReactElement {
  return <div className="k-stack">{error ? <Trouble problem={error} /> : null}{children}</div>
}
