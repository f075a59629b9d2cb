// Acts of an object as buttons with their drawers: each act is its words, its fields and what is sent.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { ActDrawerProps } from '../../ui/ActDrawer.tsx'
import { asProblem } from '../../api/problem.ts'
import { confirm } from '../../ui/confirm.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { w } from './words.zh-CN.ts'

export type FormAct = Pick<ActDrawerProps, 'schema' | 'initial' | 'notice' | 'loaders' | 'own' | 'check'> & { id: string; label: string; danger?: boolean; key?: string; send: (values: FormValue) => Promise<unknown> }
/** Without fields: asked once, then done. */
export type PlainAct = { id: string; label: string; danger?: boolean; key?: string; ask?: string; /** Only opens something of the page's own. */ silent?: true; run: () => Promise<unknown> }
export type AnyAct = FormAct | PlainAct

export function FormActs({ acts, main, sub, draft, group, size }: { acts: (AnyAct | false | null | undefined)[]; main?: string; sub?: ReactNode; draft: string; group?: string; size?: number }): ReactElement | null {
  const [open, setOpen] = useState<string | null>(null)
  const client = useQueryClient()
  const list = acts.filter((act): act is AnyAct => Boolean(act))
  if (list.length === 0) return null
  const finished = async (label: string) => {
    await client.invalidateQueries()
    say(w('done', { act: label }))
  }
  const run = async (act: AnyAct) => {
    if ('schema' in act) return setOpen(act.id)
    if (act.ask && !(await confirm({ title: act.label, text: act.ask, verb: act.label, danger: act.danger }))) return
    try {
      await act.run()
      if (!act.silent) await finished(act.label)
    } catch (error) {
      const problem = asProblem(error)
      say(problem.detail ?? problem.title, 'over')
    }
  }
  const shown = list.find((act) => act.id === open)
  return (
    <>
      <ActBar acts={list.map((act) => ({ act: act.id, label: act.label, enabled: true }))} {...(group ? { group } : {})} main={main ?? ''} max={size ?? 6} known={Object.fromEntries(list.map((act) => [act.id, { run: () => void run(act), ...(act.danger ? { danger: true } : {}), ...(act.key ? { key: act.key } : {}) }]))} />
      {shown && 'schema' in shown ? (
        <ActDrawer open onClose={() => setOpen(null)} title={shown.label} sub={sub} submitLabel={shown.label} schema={shown.schema} draftKey={`${draft}:${shown.id}`}
          {...(shown.initial ? { initial: shown.initial } : {})} {...(shown.notice ? { notice: shown.notice } : {})} {...(shown.loaders ? { loaders: shown.loaders } : {})} {...(shown.own ? { own: shown.own } : {})} {...(shown.check ? { check: shown.check } : {})}
          submit={async (values) => {
            await shown.send(values)
            await finished(shown.label)
          }} />
      ) : null}
    </>
  )
}
