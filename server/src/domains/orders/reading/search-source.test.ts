import { expect, test } from 'vitest'
import { meaningsOf } from './search-source.ts'

test.each([
  ['26112200012', [{ number: '26112200012' }, { phone: '26112200012' }]],
  ['138 0000 1234', [{ number: '13800001234' }, { phone: '13800001234' }]],
  ['1234', [{ phone: '1234' }]],
  ['12', []],
  ['路灯不亮', [{ text: '路灯不亮' }]],
  ['灯', []],
])('搜索框里的 %s 可能指编号、电话或文字', (text, meanings) => {
  expect(meaningsOf(text)).toEqual(meanings)
})
