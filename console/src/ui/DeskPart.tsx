// A headed part of what a desk shows.
import type { ReactElement, ReactNode } from 'react'
import './desk.css'

export function Part({ title, extra, children }: { title: ReactNode; extra?: ReactNode; children: ReactNode }): ReactElement {
  return <section className="ms-desk-part"><h3>{title}{extra}</h3>{children}</section>
}
