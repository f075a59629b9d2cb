// /desk: the first desk that this person works at.
import type { ReactElement } from 'react'
import { Navigate } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { feature } from './feature.ts'

export default function StartPage(): ReactElement {
  const { can } = useSession()
  const first = (feature.rail ?? []).find((entry) => can(entry.permission))
  return <Navigate to={first?.path ?? '/home'} replace />
}
