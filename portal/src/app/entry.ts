// Where these pages are open: a browser, WeChat, a mini program, or installed as an app.
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useCitizen, usePortal } from './session.ts'

export type Entry = 'portal' | 'officialAccount' | 'miniProgram' | 'app'

export function entry(): Entry {
  const agent = navigator.userAgent
  if (/MicroMessenger/i.test(agent)) return /miniProgram/i.test(agent) ? 'miniProgram' : 'officialAccount'
  return matchMedia('(display-mode: standalone)').matches ? 'app' : 'portal'
}

const TRIED = 'ms.wechat.tried'

/** Inside WeChat a personal page leads to the identity by itself, once a visit; who does not want that signs in by mobile. */
export function useWechatSignIn(): void {
  const citizen = useCitizen()
  const { settings } = usePortal()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const able = settings?.wechat.includes('officialAccount') ?? false
  useEffect(() => {
    if (citizen !== null || !able || entry() !== 'officialAccount' || sessionStorage.getItem(TRIED)) return
    sessionStorage.setItem(TRIED, '1')
    void navigate(`/wechat?to=${encodeURIComponent(pathname + search)}`, { replace: true })
  }, [citizen, able, navigate, pathname, search])
}
