// A screen that belongs to nobody yet: a calm page with its code, until an administrator confirms it.
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { call } from '../api/call.ts'
import { Frame, Head, useScale } from './Stage.tsx'
import { t } from './texts.zh-CN.ts'

const ASK = 3000

export function Pairing({ onPaired }: { onPaired: () => void }): ReactElement {
  const scale = useScale()
  const [code, setCode] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let held: { code: string; secret: string } | null = null
    const step = async (): Promise<void> => {
      try {
        if (!held) {
          held = await call('beginScreenPairing', {})
          setCode(held.code)
        }
        const { state } = await call('claimScreenPairing', { secret: held.secret })
        setFailed(false)
        if (state === 'paired') return onPaired()
        if (state === 'unknown') held = null
      } catch {
        // A wall has nobody to ask: it goes on trying.
        setFailed(true)
      }
      if (!stopped) timer = setTimeout(() => void step(), ASK)
    }
    void step()
    return () => { stopped = true; clearTimeout(timer) }
  }, [onPaired])
  return (
    <Frame scale={scale}>
      <Head title={t('pairTitle')} centre={t('product')} />
      <div className="s-pair"><p>{t('pairText')}</p><strong>{code ?? '····-····'}</strong><p role="status">{t(failed ? 'pairFailed' : 'pairWaiting')}</p></div>
    </Frame>
  )
}
