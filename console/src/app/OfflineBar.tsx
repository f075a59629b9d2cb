// A bar under the top bar while the machine has no network; typing goes on.
import type { ReactElement } from 'react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { say } from '../ui/notices.ts'
import { t } from './texts.zh-CN.ts'

function watch(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

export function OfflineBar(): ReactElement | null {
  const online = useSyncExternalStore(watch, () => navigator.onLine)
  const was = useRef(online)
  useEffect(() => {
    if (online && !was.current) say(t('offline.back'))
    was.current = online
  }, [online])
  return online ? null : <div className="ms-offline" role="status">{t('offline.text')}</div>
}
