// Work that the server does in its own time: waiting a moment for short work, addresses of results.
import { call, type OutputOf } from '../api/call.ts'
import { request } from '../api/http.ts'
import { Problem } from '../api/problem.ts'

/** Address of a task's result, or of its failed rows. */
export function resultAddress(taskId: string, part: 'result' | 'failed'): string {
  return `/api/tasks/${encodeURIComponent(taskId)}/file?part=${part}`
}

type Progress = { state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' }

const every = 400
// longer than this belongs to the task centre (ux.md §5.1)
const atMost = 5000

export type FollowedTask = OutputOf<'showTask'>

/** Waits for a task, telling how far it is; null when it goes on in the task centre after `patienceMs`. A failed one is thrown in its own words. */
export async function followTask(taskId: string, tell: (task: FollowedTask) => void, patienceMs = 60_000): Promise<FollowedTask | null> {
  for (let waited = 0; waited < patienceMs; waited += every) {
    const task = await call('showTask', { id: taskId })
    if (task.state === 'done') return task
    if (task.state === 'failed' || task.state === 'cancelled') throw new Problem({ code: 'task.failed', title: task.error ?? task.state, status: 422 })
    tell(task)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  return null
}

/** Waits for short work and downloads its file; false when it goes on in the task centre. */
export async function fetchResult(taskId: string): Promise<boolean> {
  for (let waited = 0; waited < atMost; waited += every) {
    const { state } = await request<Progress>('GET', '/api/tasks/{id}', { id: taskId })
    if (state === 'done') {
      const link = document.createElement('a')
      link.href = resultAddress(taskId, 'result')
      link.download = ''
      link.click()
      return true
    }
    if (state === 'failed' || state === 'cancelled') return false
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  return false
}
