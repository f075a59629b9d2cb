import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  enquiryCode,
  hashToken,
  isCreditCode,
  isIdNumber,
  isMobile,
  isTelephone,
  normaliseEnquiryCode,
  normalisePhone,
  numericCode,
  randomToken,
  sm3,
} from './index.ts'

test.each([
  ['138 1234 5678', '13812345678'],
  ['138-1234-5678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['+86 13812345678', '13812345678'],
  ['0086-138-1234-5678', '13812345678'],
  ['8613812345678', '13812345678'],
  ['013812345678', '13812345678'],
  ['(010)8234-5678', '01082345678'],
  ['（010）82345678', '01082345678'],
  ['+86 10 8234 5678', '01082345678'],
  ['+86 571 8234567', '05718234567'],
  ['010-82345678-801', '01082345678-801'],
  ['010—82345678 转 801', '01082345678-801'],
  ['0571-8234567-8', '05718234567-8'],
  ['82345678-801', '82345678-801'],
  ['8234-5678', '82345678'],
  ['400-8123-456', '4008123456'],
  ['+86 400 812 3456', '4008123456'],
  ['0571-12345', '057112345'],
  ['12345', '12345'],
  ['+1 (415) 555-0100', '+14155550100'],
])('电话 %s 存为 %s', (typed, stored) => {
  expect(normalisePhone(typed)).toBe(stored)
  expect(isTelephone(stored)).toBe(true)
})

test('规范化再规范化不变', () => {
  const part = (...texts: string[]) => fc.constantFrom(...texts)
  const typed = fc
    .tuple(
      part('', '+86', '0086', '86', '+1', '0'),
      part('', ' ', '-'),
      part('138', '010', '10', '571', '0571', '400', '100', '95588', '415'),
      part('', ' ', '-'),
      part('', '12345', '823456', '8234567', '82345678', '8123'),
      part('', '-', '转', ' '),
      part('', '1', '456', '5678'),
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(typed, (text) => {
      const stored = normalisePhone(text)
      fc.pre(isTelephone(stored))
      expect(normalisePhone(stored)).toBe(stored)
    }),
    { numRuns: 2000 },
  )
})

test.each(['', 'abc', '1381234567', '138123456789', '0138123456', '123456789012', '+8613812345678', '1', '010-', '00000000'])(
  '%j 不是电话',
  (number) => {
    expect(isTelephone(number)).toBe(false)
    expect(isMobile(number)).toBe(false)
  },
)

test('手机与座机分得清', () => {
  expect(isMobile('19912345678')).toBe(true)
  expect(isMobile('12012345678')).toBe(false)
  expect(isMobile('01082345678')).toBe(false)
})

test.each([
  ['11010519491231002X', true, '国标示例'],
  ['11010519491231002x', true, '小写'],
  ['440524188001010014', false, '1900 年以前'],
  ['110105194912310021', false, '校验位错'],
  ['11010519490231002X', false, '不存在的日期'],
  ['99010519491231002X', false, '校验位与地区不符'],
  ['110105491231002', false, '十五位旧号'],
  ['11010519491231002', false, '少一位'],
  ['', false, '空'],
])('身份证号 %s 有效：%s（%s）', (value, valid) => {
  expect(isIdNumber(value)).toBe(valid)
})

test('身份证号任何一位数字写错都能发现', () => {
  const good = '11010519491231002X'
  for (let index = 0; index < 17; index++) {
    for (const digit of '0123456789') {
      if (digit === good[index]) continue
      expect(isIdNumber(good.slice(0, index) + digit + good.slice(index + 1))).toBe(false)
    }
  }
})

// GB 32100-2015 的示例代码及其变形
test.each([
  ['91350100M000100Y43', true],
  ['91350100m000100y43', true],
  ['91350100M000100Y44', false],
  ['91350100M000100Y4', false],
  ['91350100O000100Y43', false],
  ['91350A00M000100Y43', false],
])('统一社会信用代码 %s 有效：%s', (value, valid) => {
  expect(isCreditCode(value)).toBe(valid)
})

test('查询码易读，按任意写法都能认出', () => {
  const codes = Array.from({ length: 500 }, enquiryCode)
  for (const code of codes) {
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/)
    expect(normaliseEnquiryCode(` ${code.toLowerCase().replace('-', '')} `)).toBe(code)
  }
  expect(new Set(codes).size).toBe(500)
  expect(normaliseEnquiryCode('7K3F－99AB')).toBe('7K3F-99AB')
  expect(normaliseEnquiryCode('7K3F-99A')).toBeUndefined()
  expect(normaliseEnquiryCode('7K3F-99A0')).toBeUndefined()
})

test('tokens are long, differ, and only their hash is stored', () => {
  expect(randomToken()).toMatch(/^[\w-]{43}$/)
  expect(randomToken(18)).toMatch(/^[\w-]{24}$/)
  expect(randomToken()).not.toBe(randomToken())
  expect(hashToken('abc')).toBe(sm3('abc'))
  expect(numericCode()).toMatch(/^\d{6}$/)
})
