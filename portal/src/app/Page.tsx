// A page: its heading takes the focus when one comes here from another page, and names the window.
import { useEffect, useRef } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useLocation } from 'react-router'
import { t } from './texts.zh-CN.ts'
import { usePortal } from './session.ts'

let first = true

export function Page({ title, name = title, intro, state, children, wide }: { title: string; /** For the window, where the heading is long. */ name?: string; intro?: ReactNode; state?: ReactNode; children: ReactNode; wide?: boolean }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null)
  const { settings } = usePortal()
  const { key } = useLocation()
  const centre = settings?.centreName ?? t('centre')
  useEffect(() => {
    document.title = t('titleSuffix', { title: name, centre })
  }, [name, centre])
  useEffect(() => {
    if (first) first = false
    else {
      heading.current?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
  }, [key])
  return (
    <div className="p-page" data-wide={wide || undefined}>
      <div className="p-head">
        <div className="k-line" data-spread><h1 ref={heading} tabIndex={-1}>{title}</h1>{state}</div>
        {intro ? <p className="k-hint">{intro}</p> : null}
      </div>
      {children}
    </div>
  )
}
