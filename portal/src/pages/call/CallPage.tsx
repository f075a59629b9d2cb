// 网络电话: the hotline from a browser, with menu keys, mute and a clear word for everything that stands in the way.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { useCitizen, usePortal } from '../../app/session.ts'
import { Card } from '../../kit/Blocks.tsx'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Choices, TextInput } from '../../kit/Fields.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { now } from '../../kit/time.ts'
import './call.css'
import { currentLine, hangUp, mute, obstacle, press, ring, watchLine, type Line, type Source } from './line.ts'
import { t } from './texts.zh-CN.ts'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export default function CallPage(): ReactElement {
  const { hotline } = usePortal()
  const line = useSyncExternalStore(watchLine, currentLine)
  const state = useQueryOf('webCallState', {}, { staleTime: 15_000 })
  // Leaving the page hangs up: nobody should be heard without knowing it.
  useEffect(() => () => { hangUp() }, [])
  const body = (): ReactElement => {
    if (line.step === 'connecting' || line.step === 'calling') return <Calling line={line} />
    if (!state.data) return state.error ? <Trouble problem={state.error} retry={() => void state.refetch()} /> : <Skeleton />
    if (!state.data.enabled) return <Shut title={t('notOpen')} text={t('notOpenText')} hotline={hotline} />
    if (!state.data.open) return <Shut title={t('closed')} text={t('closedText')} hotline={hotline} />
    return <Begin line={line} trial={state.data.trial} hotline={hotline} />
  }
  return <Page title={t('title')} intro={t('intro', { number: hotline })}>{body()}</Page>
}

function Shut({ title, text, hotline }: { title: string; text: string; hotline: string }): ReactElement {
  return <Empty kind="scope" title={title} text={text}><LinkButton to={`tel:${hotline}`} tone="primary" icon="phone">{t('dialHotline', { number: hotline })}</LinkButton><LinkButton to="/submit">{t('submit')}</LinkButton></Empty>
}

function Begin({ line, trial, hotline }: { line: Line; trial: boolean; hotline: string }): ReactElement {
  const citizen = useCitizen()
  const [number, setNumber] = useState('13800005678')
  const [source, setSource] = useState<Source>('microphone')
  const [wrong, setWrong] = useState(false)
  const stands = obstacle()
  if (citizen === undefined) return <Skeleton />
  if (citizen === null && !trial) return <Card title={t('signIn')}><p className="k-hint">{t('signInText')}</p><SignIn /></Card>
  const dial = (event: FormEvent) => {
    event.preventDefault()
    const bad = citizen === null && !/^1[3-9]\d{9}$/.test(number)
    setWrong(bad)
    if (!bad) void ring(source, citizen === null ? number : undefined)
  }
  const fault = stands ?? line.fault
  return (
    <>
      {line.step === 'ended' && !fault ? <Card tone="ok"><p role="status"><strong>{t('ended')}</strong><br />{t('endedText')}</p><LinkButton to="/orders">{t('mine')}</LinkButton></Card> : null}
      {fault ? <Card tone="near"><p role="alert">{t(`fault.${fault}`)}</p>{stands ? <LinkButton to={`tel:${hotline}`} icon="phone">{t('dialHotline', { number: hotline })}</LinkButton> : null}</Card> : null}
      {line.problem ? <Trouble problem={line.problem} /> : null}
      <Card>
        <form className="k-stack" onSubmit={dial} noValidate>
          {citizen ? <p className="k-hint">{t('from')} <bdi className="k-num">{citizen.mobile}</bdi></p> : <TextInput name="trialNumber" label={t('trialNumber')} help={t('trialHelp')} error={wrong ? t('trialWrong') : undefined} value={number} onValue={setNumber} type="tel" inputMode="tel" maxLength={11} />}
          <Choices name="source" label={t('source')} value={source} onValue={setSource} options={[{ value: 'microphone', label: t('microphone') }, { value: 'sample', label: t('sample'), hint: t('sampleHelp') }]} />
          <Button tone="primary" block size="large" type="submit" icon="phone" disabled={stands !== null}>{line.step === 'ended' ? t('again') : t('call', { number: hotline })}</Button>
        </form>
      </Card>
    </>
  )
}

function Calling({ line }: { line: Line }): ReactElement {
  const at = useSecond()
  const talking = line.talkingSince !== null
  return (
    <Card>
      <div className="call-now">
        <span className="call-dot" data-waiting={talking ? undefined : ''} aria-hidden="true" />
        <strong role="status">{line.state ? t(`state.${line.state}`) : t('connecting')}</strong>
        {talking ? <bdi className="call-time">{clock(at - (line.talkingSince ?? at))}</bdi> : null}
        {line.muted ? <span className="k-hint">{t('muted')}</span> : null}
        <div className="call-keys" role="group" aria-label={t('keypad')}>{KEYS.map((key) => <Button key={key} aria-label={t('key', { key })} disabled={line.step !== 'calling'} onClick={() => press(key)}>{key}</Button>)}</div>
      </div>
      <div className="p-two">
        <Button block size="large" aria-pressed={line.muted} onClick={() => mute(!line.muted)}>{line.muted ? t('unmute') : t('mute')}</Button>
        <Button block size="large" tone="danger" icon="phone" onClick={() => hangUp()}>{t('hangUp')}</Button>
      </div>
    </Card>
  )
}

function useSecond(): number {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 500)
    return () => clearInterval(timer)
  }, [])
  return at
}

const clock = (ms: number): string => `${String(Math.floor(Math.max(0, ms) / 60_000)).padStart(2, '0')}:${String(Math.floor(Math.max(0, ms) / 1000) % 60).padStart(2, '0')}`
