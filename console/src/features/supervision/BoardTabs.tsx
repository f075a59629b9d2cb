// The five boards of supervision beside each other.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { b } from './board-words.zh-CN.ts'

const boards = { coordination: '/supervision/board', departments: '/supervision/boards/departments', chain: '/supervision/boards/chain', levels: '/supervision/boards/levels', seats: '/supervision/boards/seats' } as const
export type BoardName = keyof typeof boards

export function BoardTabs({ now }: { now: BoardName }): ReactElement {
  const navigate = useNavigate()
  const { can } = useSession()
  const shown = (Object.keys(boards) as BoardName[]).filter((name) => (name === 'departments' ? can('supervision.instruct') || can('supervision.assign') : name === 'seats' ? can('supervision.manage') || can('supervision.instruct') || can('orders.review') : true))
  return <div className="ms-row" style={{ padding: '8px 0' }}><Segmented value={now} options={shown.map((value) => ({ value, label: b(value) }))} onChange={(name) => void navigate(boards[name])} /></div>
}
