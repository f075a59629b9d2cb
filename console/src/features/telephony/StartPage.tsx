// 话务 opens on the first of its pages that the person may see.
import type { ReactElement } from 'react'
import { Navigate } from 'react-router'
import { useSession } from '../../app/session.tsx'

const pages = [['telephony.calls', 'calls'], ['telephony.queues', 'queues'], ['telephony.lists', 'lists'], ['telephony.flows', 'ivr'], ['telephony.prompts', 'prompts'], ['telephony.lines', 'lines']] as const

export default function StartPage(): ReactElement {
  const { can } = useSession()
  return <Navigate to={`/telephony/${pages.find(([permission]) => can(permission))?.[1] ?? 'calls'}`} replace />
}
