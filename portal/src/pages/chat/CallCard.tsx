// The agent asks to speak: nothing is heard or seen before the citizen agrees, and typing goes on beside it.
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { mayCall, ownMedia, Peer } from '../../kit/peer.ts'
import { t } from './texts.zh-CN.ts'

type Call = NonNullable<OutputOf<'getChat'>['call']>

export function CallCard({ asked, refresh }: { asked: Call; refresh: () => Promise<void> }): ReactElement {
  const [peer, setPeer] = useState<Peer | null>(null)
  const [busy, setBusy] = useState(false)
  const [muted, setMuted] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const held = useRef<Peer | null>(null)
  const kind = t(asked.kind)
  // The page is left, or the server says that the call is over: the card is gone, and so are microphone and camera.
  useEffect(() => () => held.current?.close(), [])
  const accept = async () => {
    setBusy(true)
    setFault(null)
    try {
      const media = await ownMedia(asked.kind).catch(() => null)
      if (!media) return setFault(t('callNoMedia'))
      const made = new Peer(media, asked.iceServers, (state) => { if (state === 'failed') setFault(t('callFailed')) })
      held.current = made
      const answer = await made.accept(asked.offer ?? '')
      await call('answerChatCall', { id: asked.id, answer })
      setPeer(made)
    } catch (error) {
      held.current?.close()
      setFault(asProblem(error).title)
    } finally {
      setBusy(false)
    }
  }
  const stop = async (refuse: boolean) => {
    held.current?.close()
    setPeer(null)
    await (refuse ? call('answerChatCall', { id: asked.id, answer: null }) : call('leaveChatCall', { id: asked.id })).catch(() => undefined)
    await refresh()
  }
  return (
    <Card tone="soft" title={peer ? t('callNow', { kind }) : t('callAsked', { kind })}>
      {fault ? <p className="k-error" role="alert">{fault}</p> : null}
      {peer ? null : <p>{mayCall() ? t('callText') : t('callImpossible')}</p>}
      <div className="p-two">
        {peer ? <Button aria-pressed={muted} onClick={() => { peer.mute(!muted); setMuted(!muted) }}>{muted ? t('unmute') : t('mute')}</Button> : asked.state === 'asked' ? <Button tone="primary" icon="phone" disabled={!mayCall()} busy={busy} onClick={() => void accept()}>{t('callAccept')}</Button> : <span className="k-hint">{t('callElsewhere')}</span>}
        {peer || asked.state === 'open' ? <Button tone="danger" onClick={() => void stop(false)}>{t('callEnd')}</Button> : <Button onClick={() => void stop(true)}>{t('callRefuse')}</Button>}
      </div>
      {peer ? <Screens peer={peer} video={asked.kind === 'video'} /> : null}
    </Card>
  )
}

function Screens({ peer, video }: { peer: Peer; video: boolean }): ReactElement {
  const there = useRef<HTMLVideoElement>(null)
  const here = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (there.current) there.current.srcObject = peer.remote
    if (here.current) here.current.srcObject = peer.local
  }, [peer])
  return (
    <div className="c-screens" data-audio={!video || undefined}>
      <video ref={there} autoPlay playsInline aria-label={t('callThere')} />
      {video ? <video ref={here} autoPlay playsInline muted aria-label={t('callHere')} /> : <p role="status">{t('callSound')}</p>}
    </div>
  )
}
