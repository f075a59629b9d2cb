// Pages for what cannot be shown: unknown, not allowed, broken.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate, useRouteError } from 'react-router'
import { Empty } from '../ui/Empty.tsx'
import { usePageTitle } from '../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

/** Unknown, outside the scope, or confidential: the same page, so that it tells nothing. */
export function NotFound(): ReactElement {
  const navigate = useNavigate()
  usePageTitle(t('notFound.title'))
  return <Empty kind="scope" text={t('notFound.title')} hint={t('notFound.hint')} action={{ label: t('notFound.home'), run: () => void navigate('/') }} />
}

export function NoPermission({ permission }: { permission: string | string[] }): ReactElement {
  const navigate = useNavigate()
  const name = Array.isArray(permission) ? permission.join('、') : permission
  return <Empty kind="scope" text={t('denied.title')} hint={t('denied.hint', { permission: name })} action={{ label: t('notFound.home'), run: () => void navigate('/') }} />
}

function isStaleChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|Importing a module script|error loading/i.test(error.message)
}

/** A page that threw; a page whose chunk is gone because the server was updated. */
export function Crash(): ReactElement {
  const error = useRouteError()
  const stale = isStaleChunk(error)
  return (
    <div className="ms-kind" role="alert">
      <strong>{stale ? t('chunk.title') : t('crash.title')}</strong>
      <span>{stale ? t('chunk.hint') : t('crash.hint')}</span>
      {!stale && error instanceof Error ? <code className="ms-hint">{error.message}</code> : null}
      <Button type="primary" onClick={() => location.reload()}>{t('crash.reload')}</Button>
    </div>
  )
}

/** A page whose code could not be fetched: nothing is lost but the way there, and another try is one click. */
export function LoadFailed(): ReactElement {
  usePageTitle(t('load.title'))
  return (
    <div className="ms-kind" role="alert">
      <strong>{t('load.title')}</strong>
      <span>{t('load.hint')}</span>
      <Button type="primary" onClick={() => location.reload()}>{t('load.retry')}</Button>
    </div>
  )
}
