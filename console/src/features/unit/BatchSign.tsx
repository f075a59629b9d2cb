// Signing many tasks: asks once, goes one by one, and says what did not work and why (ux.md §5.8).
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Progress } from '../../ui/Figure.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'
import type { UnitRow } from './unit-data.ts'

type Failure = { row: UnitRow; why: string }
type Run = { done: number; total: number; failed: Failure[]; skipped: number; over: boolean }

export function useBatchSign(): { run: (rows: readonly UnitRow[]) => void; report: ReactElement | null } {
  const [state, setState] = useState<Run | null>(null)
  const refresh = useRefreshOrders()
  const stopped = useRef(false)
  // one key per task and batch: pressing again after a lost answer signs nothing twice
  const keys = useRef(new Map<string, string>())
  const work = async (rows: readonly UnitRow[], skipped: number) => {
    stopped.current = false
    const failed: Failure[] = []
    let done = 0
    const tell = (over: boolean) => setState({ done, total: rows.length, failed: [...failed], skipped, over })
    tell(false)
    for (const row of rows) {
      if (stopped.current) break
      const key = keys.current.get(row.id) ?? newKey()
      keys.current.set(row.id, key)
      try {
        await call('signAssignment', { id: row.id }, { idempotencyKey: key })
        done += 1
      } catch (error) {
        const problem = asProblem(error)
        if (!problem.undecided) keys.current.delete(row.id)
        failed.push({ row, why: problem.message })
      }
      tell(false)
    }
    tell(true)
    await refresh()
  }
  const run = async (rows: readonly UnitRow[]) => {
    const ready = rows.filter((row) => row.acts.includes('sign'))
    if (ready.length === 0) return say(t('batch.none'), 'over')
    if (await confirm({ title: t('batch.title', { n: rows.length }), text: t('batch.text', { n: ready.length }), verb: t('batch.verb', { n: ready.length }) })) await work(ready, rows.length - ready.length)
  }
  const close = () => {
    stopped.current = true
    setState(null)
  }
  const report = state ? (
    <Modal open width={640} title={state.over ? t('batch.report') : t('batch.running')} onCancel={close} mask={{ closable: false }}
      footer={<>
        {state.over && state.failed.length > 0 ? <Button onClick={() => void work(state.failed.map((one) => one.row), state.skipped)}>{t('batch.retry', { n: state.failed.length })}</Button> : null}
        <Button type="primary" onClick={close}>{t('close')}</Button>
      </>}>
      <div className="ms-stack">
        {state.over ? null : <Progress done={state.done + state.failed.length} total={state.total} onCancel={() => { stopped.current = true }} />}
        <p role="status" style={{ margin: 0 }}>{[t('batch.done', { n: state.done }), ...(state.failed.length ? [t('batch.failed', { n: state.failed.length })] : []), ...(state.skipped ? [t('batch.skipped', { n: state.skipped })] : [])].join('，')}</p>
        {state.failed.length > 0 ? (
          <ListTable caption={t('batch.report')} rowKey={(one: Failure) => one.row.id} rows={state.failed} columns={[
            { key: 'number', title: t('col.number'), width: 140, render: (one) => <bdi className="ms-code">{one.row.number}</bdi> },
            { key: 'title', title: t('col.title'), width: 180, render: (one) => one.row.title },
            { key: 'why', title: t('batch.why'), width: 240, wide: true, render: (one) => one.why },
          ]} />
        ) : null}
      </div>
    </Modal>
  ) : null
  return { run: (rows) => void run(rows), report }
}
