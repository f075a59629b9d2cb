// The way to the robot on every page; what it needs is loaded when it is pressed.
import { lazy, Suspense, useState } from 'react'
import type { ReactElement } from 'react'
import { useLocation } from 'react-router'
import { Button } from '../kit/Button.tsx'
import { Sheet } from '../kit/Layers.tsx'
import { Skeleton } from '../kit/States.tsx'
import { t } from '../app/texts.zh-CN.ts'

const RobotPanel = lazy(() => import('./RobotPanel.tsx').then((m) => ({ default: m.RobotPanel })))

export function RobotButton(): ReactElement | null {
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  // The chat begins with the robot itself.
  if (pathname.startsWith('/chat')) return null
  return (
    <>
      <div className="p-robot"><Button tone="primary" icon="chat" onClick={() => setOpen(true)}><span>{t('robot')}</span></Button></div>
      <Sheet open={open} title={t('robotTitle')} onClose={() => setOpen(false)}>{open ? <Suspense fallback={<Skeleton lines={4} />}><RobotPanel onLeave={() => setOpen(false)} /></Suspense> : null}</Sheet>
    </>
  )
}
