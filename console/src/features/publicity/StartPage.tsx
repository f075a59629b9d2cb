import type { ReactElement } from 'react'
import { Navigate } from 'react-router'
import { useSession } from '../../app/session.tsx'

export default function StartPage(): ReactElement {
  return <Navigate to={useSession().can('intake.publish') ? '/content/posts' : '/content/qrcodes'} replace />
}
