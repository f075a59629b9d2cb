// Order numbers as typed, one a line, as ids; the first that is none stops the act at its field.
import { call } from '../../api/call.ts'
import { Problem, asProblem } from '../../api/problem.ts'
import { t } from './texts.zh-CN.ts'

export async function ordersByNumbers(numbers: readonly string[], field: string): Promise<string[]> {
  const ids: string[] = []
  for (const number of numbers) {
    try {
      ids.push((await call('getOrderByNumber', { number })).id)
    } catch (error) {
      const problem = asProblem(error)
      if (problem.status !== 404) throw problem
      throw new Problem({ code: 'console.unknownNumber', status: 422, title: t('add.unknown', { number }), fields: [{ path: field, message: t('add.unknown', { number }) }] })
    }
  }
  return ids
}
