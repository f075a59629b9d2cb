import { expect, test } from 'vitest'
import type { Draft } from '../../draft/draft.ts'
import { errorsOf, stepOfField, stepsFor } from './steps.ts'

const draft: Draft = {
  clientKey: 'k', savedAt: 0, state: 'editing', why: null, content: '路灯坏了一周', appealType: 'help', matter: null, noMatter: false, area: null, address: '', point: null, joined: false, enterprise: null, extent: 'one', assist: null, robot: null, qr: null, formData: {}, photos: [], answers: {}, name: '', phone: '', confidential: false,
  callbackManner: 'call',
}
const online = { signedIn: false, online: true }

test('没有要追问的情况时少一步', () => {
  expect(stepsFor(0)).not.toContain('more')
  expect(stepsFor(2)).toHaveLength(6)
})

test('事情至少写五个字，空白不算', () => {
  expect(errorsOf('say', { ...draft, content: '  路灯坏  ' }, online)).toHaveProperty('content')
  expect(errorsOf('say', draft, online)).toEqual({})
})

test('必须选择区域；照片可以没有', () => {
  expect(errorsOf('place', draft, online)).toHaveProperty('areaCode')
  expect(errorsOf('photos', draft, online)).toEqual({})
})

test('没有网络时可以先不验证手机号', () => {
  expect(errorsOf('contact', draft, online)).toHaveProperty('phone')
  expect(errorsOf('contact', draft, { signedIn: false, online: false })).toEqual({})
})

test.each([['areaCode', 'place'], ['fileIds', 'photos'], ['answers.0.value', 'more'], ['content', 'say'], ['name', 'contact']] as const)('服务器指出的字段 %s 回到 %s 这一步', (path, step) => {
  expect(stepOfField(path)).toBe(step)
})
