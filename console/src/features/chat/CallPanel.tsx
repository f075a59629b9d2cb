// The call of this page beside its conversation: picture, mute, end; typing goes on below.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { endCall, muteCall, startCall, useCall } from './call-store.ts'
import { t } from './texts.zh-CN.ts'

export function CallButtons({ sessionId }: { sessionId: string }): ReactElement {
  const held = useCall()
  return <><Button size="small" disabled={held !== null} onClick={() => void startCall(sessionId, 'audio')}>{t('callAudio')}</Button><Button size="small" disabled={held !== null} onClick={() => void startCall(sessionId, 'video')}>{t('callVideo')}</Button></>
}

export function CallPanel({ sessionId }: { sessionId: string }): ReactElement | null {
  const held = useCall()
  const there = useRef<HTMLVideoElement>(null)
  const here = useRef<HTMLVideoElement>(null)
  const shown = held?.sessionId === sessionId && held.kind === 'video' && held.open
  useEffect(() => {
    if (!shown || !held) return
    if (there.current) there.current.srcObject = held.peer.remote
    if (here.current) here.current.srcObject = held.peer.local
  }, [shown, held])
  if (!held) return null
  return (
    <div className="ms-chat-call" role="region" aria-label={t('call')}>
      {shown ? <div className="ms-chat-screens"><video ref={there} autoPlay playsInline muted aria-label={t('callThere')} /><video ref={here} autoPlay playsInline muted aria-label={t('callHere')} /></div> : null}
      <span className="ms-row">
        <strong role="status">{held.open ? t(held.kind === 'video' ? 'callNowVideo' : 'callNowAudio') : t('callWaiting')}</strong>
        {held.sessionId === sessionId ? <span className="ms-hint">{t('callNotRecorded')}</span> : <span className="ms-hint">{t('callOther')}</span>}
        <span className="ms-grow" />
        {held.open ? <Button size="small" aria-pressed={held.muted} onClick={muteCall}>{held.muted ? t('unmute') : t('mute')}</Button> : null}
        <Button size="small" danger onClick={() => void endCall()}>{t('callEnd')}</Button>
      </span>
    </div>
  )
}
