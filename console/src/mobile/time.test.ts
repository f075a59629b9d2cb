import { describe, expect, it } from 'vitest'
import { phoneLink } from './links.ts'
import { fromField, toField } from './time.ts'

describe('手机上的日期时间', () => {
  it('选择器显示租户所在时区的钟点，与手机时区无关', () => {
    expect(toField('2026-11-22T01:24:00.000Z')).toBe('2026-11-22T09:24')
  })
  it('选择的钟点按租户时区成为时刻', () => {
    expect(fromField('2026-11-25T18:00')).toBe('2026-11-25T10:00:00.000Z')
  })
  it('没有选择就没有时刻', () => {
    expect(fromField('')).toBeNull()
    expect(toField('')).toBe('')
  })
})

describe('消息里的链接在手机上', () => {
  it.each([
    ['/orders/26112399010100001?tab=feedback', '/m/orders/26112399010100001'], ['/supervision/tasks/01930000-0000-7000-8000-000000000001', '/m/tasks/01930000-0000-7000-8000-000000000001'],
    ['/unit?box=toSign', '/m'], ['/supervision/instructions?mine=true&state=requested', '/m/instructions'], ['/supervision/tasks?supervisor=none', null], ['/orders/query', null], [null, null],
  ])('%s 打开 %s', (link, phone) => expect(phoneLink(link)).toBe(phone))
})
