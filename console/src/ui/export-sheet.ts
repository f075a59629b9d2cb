// An export of what a page shows: downloaded at once when small, else told by the task centre.
import { request } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import { fetchResult } from './long-work.ts'
import { notify, say } from './notices.ts'
import { t } from './texts.zh-CN.ts'

/** `columns`: keys of the export's source; none where they follow from the filter. */
export async function exportSheet(page: string, filter: Record<string, unknown>, columns: string[], format: 'xlsx' | 'csv' | 'pdf' = 'xlsx'): Promise<void> {
  try {
    const started = await request<{ taskId: string; background: boolean }>('POST', '/api/exports', { page, filter, columns, format })
    if (started.background || !(await fetchResult(started.taskId))) notify({ level: 'P3', title: t('export.started'), path: '/home/tasks', tone: 'ok' })
  } catch (error) {
    say(asProblem(error).message, 'over')
  }
}
