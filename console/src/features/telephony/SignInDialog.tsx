// 签入: queues, answer mode, device test. Nobody becomes ready without a microphone that works (TEL-26, TEL-28).
import { Button, Checkbox, Modal, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { signIn } from './softphone.ts'
import { chooseInput, devices, meter, openMicrophone } from './sound.ts'
import { t } from './texts.zh-CN.ts'
import { usePhone } from './use-phone.ts'

export default function SignInDialog({ options, onClose }: { options: OutputOf<'deskOptions'>; onClose: () => void }): ReactElement {
  const phone = usePhone()
  const [queues, setQueues] = useState(options.queues.map((one) => one.id))
  const [mode, setMode] = useState<'manual' | 'automatic'>('manual')
  const [inputs, setInputs] = useState<{ value: string; label: string }[]>([])
  const [level, setLevel] = useState<number | null>(null)
  const [testing, setTesting] = useState(false)
  const desk = options.extensionKind === 'phone'
  useEffect(() => (testing && phone.microphone === 'on' ? meter(setLevel) : undefined), [testing, phone.microphone])
  const test = async () => {
    setTesting(true)
    if (!(await openMicrophone())) return
    setInputs((await devices()).inputs.map((one) => ({ value: one.deviceId, label: one.label || t('input') })))
  }
  const go = async () => {
    if (typeof Notification !== 'undefined' && Notification.permission === 'default') void Notification.requestPermission()
    onClose()
    await signIn(options.agentId, { queues, device: desk ? 'phone' : 'browser', answerMode: mode })
  }
  return (
    <Modal open title={t('signInTitle')} onCancel={onClose} width={520} footer={<><Button onClick={() => void test()} disabled={desk}>{t('test')}</Button><Button type="primary" autoFocus onClick={() => void go()}>{t('signIn')}</Button></>}>
      <div className="ms-stack">
        <div className="ms-row"><span className="ms-hint">{options.extension ? t('extension', { n: options.extension }) : t('noExtension')}</span></div>
        <fieldset className="ms-plain-fieldset"><legend>{t('queues')}</legend>
          {options.queues.length === 0 ? <span className="ms-hint">{t('noQueues')}</span> : <Checkbox.Group value={queues} onChange={(next) => setQueues(next)} options={options.queues.map((one) => ({ value: one.id, label: one.name }))} />}
        </fieldset>
        <fieldset className="ms-plain-fieldset"><legend>{t('answerMode')}</legend>
          <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as 'manual')} options={[{ value: 'manual', label: t('manualAnswer') }, { value: 'automatic', label: t('autoAnswer') }]} />
        </fieldset>
        <div role="status" className={phone.microphone === 'on' || phone.microphone === 'unasked' ? 'ms-hint' : 'ms-over'}>{t(`mic.${phone.microphone}`)}</div>
        {testing && phone.microphone === 'on' ? (
          <>
            {inputs.length > 1 ? <Select aria-label={t('input')} options={inputs} placeholder={t('input')} onChange={(id) => void chooseInput(id)} /> : null}
            <span className="ms-hint">{t('testing')}</span>
            <div className="ms-level" role="meter" aria-label={t('level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((level ?? 0) * 100)}><div style={{ inlineSize: `${Math.round((level ?? 0) * 100)}%` }} /></div>
          </>
        ) : null}
      </div>
    </Modal>
  )
}
