// Which board stands on this wall: a device shows its own, one after the other; a signed-in person looks at the one in the address.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { useQueryOf } from '../api/queries.ts'
import { Pairing } from './Pairing.tsx'
import { Frame, Head, Stage, useScale } from './Stage.tsx'
import { t } from './texts.zh-CN.ts'

const SELF = 60_000
/** After a touch the board stays, so that somebody can point at it. */
const PAUSE = 120_000
const FIRST = 'screenOverview'

export function App(): ReactElement {
  const client = useQueryClient()
  const { pathname } = useLocation()
  const wanted = decodeURIComponent(pathname.split('/')[2] ?? '')
  const self = useQueryOf('ownScreen', {}, { refetchEvery: SELF })
  const again = useCallback(() => void client.resetQueries(), [client])
  const scale = useScale()
  if (self.data && !(self.isError && self.error.status === 401)) return self.data.device ? <Rotation boards={self.data.boards} first={wanted} seconds={self.data.rotateSeconds} centre={self.data.tenantName} /> : <Stage code={wanted || FIRST} centre={self.data.tenantName} />
  if (self.isError && (self.error.status === 401 || self.error.status === 403)) return <Pairing onPaired={again} />
  return <Frame scale={scale}><Head title={t('product')} centre="" /><p className="s-calm">{t(self.isError ? 'pairFailed' : 'loading')}</p></Frame>
}

function Rotation({ boards, first, seconds, centre }: { boards: string[]; first: string; seconds: number; centre: string }): ReactElement {
  const [at, setAt] = useState(() => Math.max(0, boards.indexOf(first)))
  const [paused, setPaused] = useState(false)
  useEffect(() => {
    if (boards.length < 2 || paused) return
    const timer = setInterval(() => setAt((held) => (held + 1) % boards.length), seconds * 1000)
    return () => clearInterval(timer)
  }, [boards.length, seconds, paused])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const touch = (): void => { setPaused(true); clearTimeout(timer); timer = setTimeout(() => setPaused(false), PAUSE) }
    addEventListener('pointerdown', touch)
    return () => { clearTimeout(timer); removeEventListener('pointerdown', touch) }
  }, [])
  const code = boards[at % Math.max(1, boards.length)]
  return code ? <Stage code={code} centre={centre} note={paused && boards.length > 1 ? t('paused') : undefined} /> : <p className="s-calm">{t('noBoard')}</p>
}
