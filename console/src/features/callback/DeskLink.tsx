// Links of messages and of the home page name a task or a box; the desk shows both.
import type { ReactElement } from 'react'
import { Navigate, useParams, useSearchParams } from 'react-router'

export default function DeskLink(): ReactElement {
  const { id } = useParams()
  const [search] = useSearchParams()
  const box = search.get('mine') === 'true' || id ? 'mine' : 'free'
  return <Navigate replace to={`/callback/desk?${new URLSearchParams({ box, ...(id ? { row: id } : {}) }).toString()}`} />
}
